import { canonical, parseQuantity } from '../../../kube/quantity';
import { kindSchema } from '../../../kube/schema';
import type { FieldSchema, KubernetesRelease, Schema, StructSchema } from '../../../kube/schema';
import { structSchema } from '../../../kube/schema/struct';
import { isPlainRecord, setOwn, type PlainRecord } from '../../../manifest/data';

/**
 * An object as the server serializes it for policies: empty lists and maps are omitted where their field is declared
 * so, and quantities are in canonical form. For a custom resource, this applies only to its metadata.
 *
 * @param object as decoded
 */
export function written(object: PlainRecord, kubernetes: KubernetesRelease): PlainRecord {
  const { apiVersion, kind, metadata } = object;
  const struct = kindSchema(kubernetes, String(apiVersion), String(kind));
  if (struct !== undefined) return writtenStruct(object, struct);
  if (!isPlainRecord(metadata)) return object;
  return { ...object, metadata: writtenStruct(metadata, structSchema(kubernetes, 'meta/v1', 'ObjectMeta')) };
}

function writtenStruct(object: PlainRecord, struct: StructSchema): PlainRecord {
  const copy: PlainRecord = {};
  for (const [name, value] of Object.entries(object)) {
    const field = struct.fields.get(name);
    if (field !== undefined && !isLeftOut(value, field)) copy[name] = writtenValue(value, field);
  }
  return copy;
}

function isLeftOut(value: unknown, { omitEmpty, type }: FieldSchema): boolean {
  if (!omitEmpty) return false;
  if (type === 'list') return Array.isArray(value) && value.length === 0;
  return type === 'map' && isPlainRecord(value) && Object.keys(value).length === 0;
}

function writtenValue(value: unknown, schema: Schema): unknown {
  const { type } = schema;
  if (type === 'list' && Array.isArray(value)) return value.map((item) => writtenValue(item, schema.items));
  if (type === 'map' && isPlainRecord(value)) return writtenMap(value, schema.values);
  if (type === 'struct' && isPlainRecord(value)) return writtenStruct(value, schema.struct());
  return type === 'quantity' ? writtenQuantity(value) : value;
}

function writtenMap(map: PlainRecord, values: Schema): PlainRecord {
  const copy: PlainRecord = {};
  for (const key of Object.keys(map)) setOwn(copy, key, writtenValue(map[key], values));
  return copy;
}

function writtenQuantity(value: unknown): unknown {
  const quantity = typeof value === 'string' ? parseQuantity(value) : undefined;
  return quantity === undefined ? value : canonical(quantity);
}
