import {
  kindSchema,
  type FieldSchema,
  type KubernetesRelease,
  type Schema,
  type StructSchema,
} from '../schema';
import { knownKind } from './catalog';
import type { JsonSchema } from './version';

/**
 * The fields of a custom kind of well-known software, in the words of the built-in kinds; `undefined` for a kind or version
 * that is not known. It has every field that a release has, since it is not known which one a cluster has; types are those
 * of the newest. Structs are called by their place: `HTTPRoute.spec.rules`.
 *
 * @param kubernetes the release whose metadata it has
 * @param called what structs are called by, where another kind has the same name
 */
export function knownSchema(
  apiVersion: string,
  kind: string,
  kubernetes: KubernetesRelease,
  called = kind,
): StructSchema | undefined {
  const slash = apiVersion.indexOf('/');
  const known = knownKind(apiVersion.slice(0, Math.max(0, slash)), kind);
  const versions = (known?.releases ?? []).flatMap((release) => {
    const version = release.versions.get(apiVersion.slice(slash + 1));
    return version?.served === true ? [version.schema] : [];
  });
  if (versions.length === 0) return undefined;
  const fields = fieldsOf(distinct(versions.reverse()), called).filter(([name]) => !HEAD.has(name));
  return { name: called, fields: new Map([...headOf(kubernetes), ...fields]) };
}

/** `apiVersion`, `kind` and `metadata`, which all kinds have. */
function headOf(kubernetes: KubernetesRelease): [string, FieldSchema][] {
  const fields = kindSchema(kubernetes, 'v1', 'ConfigMap')?.fields ?? new Map<string, FieldSchema>();
  return [...fields].filter(([name]) => HEAD.has(name));
}

const HEAD: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

/** @param schemas of one value, the newest first */
function fieldsOf(schemas: readonly JsonSchema[], path: string): [string, FieldSchema][] {
  const properties = below(schemas, 'properties');
  return distinct(properties.flatMap((each) => Object.keys(each))).map((name) => {
    const facts = { name, required: false, pointer: true, omitEmpty: true };
    return [name, { ...valueOf(below(properties, name), `${path}.${name}`), ...facts }];
  });
}

function valueOf(schemas: readonly JsonSchema[], path: string): Schema {
  const [newest = {}] = schemas;
  const { type, items, properties, additionalProperties: values } = newest;
  // What a definition leaves open, nobody knows the fields of.
  if (newest['x-kubernetes-preserve-unknown-fields'] === true) return { type: 'any' };
  if (newest['x-kubernetes-int-or-string'] === true) return { type: 'intOrString' };
  if (isRecord(items)) return listOf(newest, valueOf(below(schemas, 'items'), path));
  if (isRecord(properties)) {
    const struct = (): StructSchema => ({ name: path, fields: new Map(fieldsOf(schemas, path)) });
    return { type: 'struct', struct, atomic: newest['x-kubernetes-map-type'] === 'atomic' };
  }
  if (isRecord(values))
    return { type: 'map', values: valueOf(below(schemas, 'additionalProperties'), path), atomic: false };
  if (type === 'string' || type === 'boolean' || type === 'number') return { type };
  return type === 'integer' ? { type, format: 'int64' } : { type: 'any' };
}

/** What each of `schemas` has at `key`. Releases share what did not change. */
function below(schemas: readonly JsonSchema[], key: string): JsonSchema[] {
  return distinct(schemas.map((schema) => schema[key]).filter(isRecord));
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

function listOf(schema: JsonSchema, items: Schema): Schema {
  const kind = schema['x-kubernetes-list-type'];
  const keys = schema['x-kubernetes-list-map-keys'];
  return {
    type: 'list',
    items,
    listType: kind === 'map' || kind === 'set' ? kind : 'atomic',
    listKeys: Array.isArray(keys) ? keys.filter((key) => typeof key === 'string') : [],
  };
}

function isRecord(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
