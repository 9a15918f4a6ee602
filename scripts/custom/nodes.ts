import type { Json } from './sources';

/** Prose, and what no verdict depends on. */
const DROPPED: ReadonlySet<string> = new Set([
  'description',
  'title',
  'example',
  'examples',
  'externalDocs',
  '$schema',
  'id',
]);
const ONE: ReadonlySet<string> = new Set(['items', 'not', 'additionalProperties']);
const MANY: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf']);

/** `status` is dropped from what is created where it is a subresource: its schema says nothing about manifests. */
const ANY_STATUS: Json = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

/** Schemas and versions, each distinct one once: a schema refers to those below it by number, and they come before it. */
export class Nodes {
  readonly lines: string[] = [];
  readonly #numbers = new Map<string, number>();

  /** A version of a definition. */
  version(version: Json): number {
    const { served, deprecated, deprecationWarning, subresources, schema } = version;
    const { status, scale } = (subresources ?? {}) as Json;
    const root = (schema as Json)['openAPIV3Schema'] as Json;
    const { status: own, ...properties } = (root['properties'] ?? {}) as Json;
    const { apiVersion: _, kind: __, metadata, ...rest } = properties;
    const kept = {
      ...rest,
      ...(Object.keys(metadata ?? {}).length > 2 && { metadata }),
      ...(own !== undefined && { status: status === undefined ? own : ANY_STATUS }),
    };
    return this.#number({
      ...(served !== true && { served: false }),
      ...(deprecated === true && { deprecated }),
      ...(deprecationWarning !== undefined && { deprecationWarning }),
      ...(status !== undefined && { status: true }),
      ...(scale !== undefined && { scale }),
      schema: this.#schema({ ...root, properties: kept }),
    });
  }

  #schema(schema: Json): number {
    const node: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(schema)) {
      if (DROPPED.has(key) || value === undefined) continue;
      node[key] = this.#value(key, value);
    }
    return this.#number(node);
  }

  #value(key: string, value: unknown): unknown {
    if (key === 'properties')
      return Object.fromEntries(
        Object.entries(value as Json).map(([name, each]) => [name, this.#schema(each as Json)]),
      );
    if (ONE.has(key) && typeof value === 'object') return this.#schema(value as Json);
    if (MANY.has(key)) return (value as Json[]).map((each) => this.#schema(each));
    return value;
  }

  #number(node: object): number {
    const text = JSON.stringify(node);
    let number = this.#numbers.get(text);
    if (number === undefined) {
      this.#numbers.set(text, (number = this.lines.length));
      this.lines.push(text);
    }
    return number;
  }
}
