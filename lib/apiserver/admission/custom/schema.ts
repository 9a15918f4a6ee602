import { isPlainRecord, type PlainRecord } from '../../../manifest/data';
import { plainValue } from '../../../manifest/plain';
import { Pattern } from '../../../kube/pattern';

/**
 * The schema of a value in a custom resource, read once from the `JSONSchemaProps` of a definition: what the server
 * prunes, defaults and validates by.
 */
export interface CustomSchema {
  /** The allowed types of a value; any type where the list is empty. An int-or-string has two. */
  readonly types: readonly string[];
  /** The format as written; which formats are checked depends on the release. */
  readonly format: string | undefined;
  readonly nullable: boolean;
  readonly default: unknown;
  readonly enum: readonly unknown[] | undefined;

  readonly properties: ReadonlyMap<string, CustomSchema>;
  /** Additional properties: their schema, or whether they are allowed; undefined if the schema does not define it. */
  readonly additional: CustomSchema | 'any' | 'none' | undefined;
  readonly items: CustomSchema | undefined;
  readonly required: readonly string[];

  readonly limits: Limits;
  readonly pattern: Pattern | undefined;

  readonly allOf: readonly CustomSchema[];
  readonly anyOf: readonly CustomSchema[];
  readonly oneOf: readonly CustomSchema[];
  readonly not: CustomSchema | undefined;

  /** `x-kubernetes-preserve-unknown-fields` */
  readonly preserves: boolean;
  /** `x-kubernetes-embedded-resource` */
  readonly embedded: boolean;
  /** `x-kubernetes-list-type` */
  readonly listType: string | undefined;
  readonly listKeys: readonly string[];
  /** `x-kubernetes-map-type: atomic` */
  readonly isAtomicMap: boolean;
  /** Whether there are CEL rules, here or below. */
  readonly hasRules: boolean;
  /** Whether there are defaults, here or below. */
  readonly hasDefaults: boolean;
  /** Whether there is a list of type set or map, or an embedded resource, here or below. */
  readonly hasInvariants: boolean;
}

/** Bounds of numbers, lengths and sizes. */
export type Limits = Readonly<Partial<Record<NumericLimit, number>>> & {
  readonly exclusiveMaximum?: boolean;
  readonly exclusiveMinimum?: boolean;
};

const LIMITS = [
  'maximum',
  'minimum',
  'multipleOf',
  'maxLength',
  'minLength',
  'maxItems',
  'minItems',
  'maxProperties',
  'minProperties',
] as const;
type NumericLimit = (typeof LIMITS)[number];

/** @param source a `JSONSchemaProps` as the server decodes it: fields of the right types, and no cycles */
export function compileSchema(source: PlainRecord): CustomSchema {
  const properties = new Map(
    Object.entries(recordOf(source['properties'])).map(([name, value]) => [
      name,
      compileSchema(recordOf(value)),
    ]),
  );
  const additional = additionalOf(source['additionalProperties']);
  const items = schemaIn(source['items']);
  const below = [...properties.values(), additional, items].filter((schema) => typeof schema === 'object');
  const [listType, pattern] = [textIn(source, 'x-kubernetes-list-type'), textIn(source, 'pattern')];
  const embedded = source['x-kubernetes-embedded-resource'] === true;
  const fallback = jsonOf(source['default']);
  return {
    types: typesOf(source),
    format: textIn(source, 'format'),
    nullable: source['nullable'] === true,
    default: fallback,
    enum: Array.isArray(source['enum']) ? source['enum'].map(jsonOf) : undefined,
    properties,
    additional,
    items,
    required: textsOf(source['required']),
    limits: limitsOf(source),
    pattern: pattern === undefined ? undefined : new Pattern(pattern),
    allOf: schemasIn(source['allOf']),
    anyOf: schemasIn(source['anyOf']),
    oneOf: schemasIn(source['oneOf']),
    not: schemaIn(source['not']),
    preserves: source['x-kubernetes-preserve-unknown-fields'] === true,
    embedded,
    listType,
    listKeys: textsOf(source['x-kubernetes-list-map-keys']),
    isAtomicMap: source['x-kubernetes-map-type'] === 'atomic',
    hasRules: listOf(source['x-kubernetes-validations']).length > 0 || below.some(({ hasRules }) => hasRules),
    hasDefaults: fallback != null || below.some(({ hasDefaults }) => hasDefaults),
    hasInvariants:
      embedded ||
      listType === 'set' ||
      listType === 'map' ||
      below.some(({ hasInvariants }) => hasInvariants),
  };
}

/** The schema of the entry `key` of a map or struct; undefined for an unknown field. */
export function schemaOfKey(schema: CustomSchema | undefined, key: string): CustomSchema | undefined {
  const property = schema?.properties.get(key);
  if (property !== undefined) return property;
  return typeof schema?.additional === 'object' ? schema.additional : undefined;
}

function typesOf(source: PlainRecord): readonly string[] {
  if (source['x-kubernetes-int-or-string'] === true) return ['integer', 'string'];
  const type = textIn(source, 'type');
  return type === undefined ? [] : [type];
}

function limitsOf(source: PlainRecord): Limits {
  const limits: Record<string, unknown> = {};
  // The server holds limits as float64.
  for (const name of LIMITS) {
    const limit = source[name];
    if (typeof limit === 'number' || typeof limit === 'bigint') limits[name] = Number(limit);
  }
  for (const name of ['exclusiveMaximum', 'exclusiveMinimum']) if (source[name] === true) limits[name] = true;
  return limits;
}

function additionalOf(value: unknown): CustomSchema['additional'] {
  if (typeof value === 'boolean') return value ? 'any' : 'none';
  return schemaIn(value);
}

function schemaIn(value: unknown): CustomSchema | undefined {
  return isPlainRecord(value) ? compileSchema(value) : undefined;
}

function schemasIn(value: unknown): CustomSchema[] {
  return listOf(value).map((schema) => compileSchema(recordOf(schema)));
}

/** A default or an enum value: any JSON, which decoding does not change. */
function jsonOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  try {
    return plainValue(value);
  } catch {
    // The value is not valid JSON.
    return undefined;
  }
}

function recordOf(value: unknown): PlainRecord {
  return isPlainRecord(value) ? value : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textsOf(value: unknown): string[] {
  return listOf(value).filter((item) => typeof item === 'string');
}

function textIn(source: PlainRecord, name: string): string | undefined {
  const value = source[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
