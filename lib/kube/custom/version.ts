/** A version or a schema in the data, which refers to the schemas below it by number. */
export type Node = Readonly<Record<string, unknown>>;

/** A `JSONSchemaProps`: part of it may be part of others, too. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** One version of a custom kind, in the words of CustomResourceDefinition. */
export interface KnownVersion {
  readonly served: boolean;
  readonly deprecated: boolean;
  readonly deprecationWarning?: string;
  readonly subresources: { readonly status?: object; readonly scale?: object };
  /** Made on first access. */
  readonly schema: JsonSchema;
}

const known = new WeakMap<readonly Node[], Map<number, KnownVersion>>();

/** The version with a number. Every call returns the same object, so that what is compiled of it is compiled once. */
export function readVersion(nodes: readonly Node[], number: number): KnownVersion {
  let versions = known.get(nodes);
  if (versions === undefined) known.set(nodes, (versions = new Map<number, KnownVersion>()));
  let version = versions.get(number);
  if (version === undefined) versions.set(number, (version = new Version(nodes, nodes[number] ?? {})));
  return version;
}

class Version implements KnownVersion {
  readonly served: boolean;
  readonly deprecated: boolean;
  readonly deprecationWarning?: string;
  readonly subresources: KnownVersion['subresources'];
  readonly #schema: () => JsonSchema;

  constructor(nodes: readonly Node[], node: Node) {
    const { served, deprecated, deprecationWarning, status, scale, schema } = node;
    this.served = served !== false;
    this.deprecated = deprecated === true;
    if (typeof deprecationWarning === 'string') this.deprecationWarning = deprecationWarning;
    this.subresources = {
      ...(status === true && { status: {} }),
      ...(typeof scale === 'object' && scale !== null && { scale }),
    };
    this.#schema = () => schemaOf(nodes, schema as number);
  }

  get schema(): JsonSchema {
    return this.#schema();
  }
}

const expanded = new WeakMap<readonly Node[], Map<number, JsonSchema>>();

/** The schema with a number, and all that is below it. */
function schemaOf(nodes: readonly Node[], number: number): JsonSchema {
  let schemas = expanded.get(nodes);
  if (schemas === undefined) expanded.set(nodes, (schemas = new Map<number, JsonSchema>()));
  const found = schemas.get(number);
  if (found !== undefined) return found;
  const schema = Object.fromEntries(
    Object.entries(nodes[number] ?? {}).map(([key, value]) => [key, part(nodes, key, value)]),
  );
  schemas.set(number, schema);
  return schema;
}

function part(nodes: readonly Node[], key: string, value: unknown): unknown {
  switch (key) {
    case 'properties':
      return Object.fromEntries(
        Object.entries(value as Readonly<Record<string, number>>).map(([name, each]) => [
          name,
          schemaOf(nodes, each),
        ]),
      );
    case 'items':
    case 'not':
    case 'additionalProperties':
      return typeof value === 'number' ? schemaOf(nodes, value) : value;
    case 'allOf':
    case 'anyOf':
    case 'oneOf':
      return (value as readonly number[]).map((each) => schemaOf(nodes, each));
    default:
      return value;
  }
}
