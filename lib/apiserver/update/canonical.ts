import { canonical, parseQuantity } from '../../kube/quantity';
import type { Schema } from '../../kube/schema';
import { isPlainRecord, setOwn, type PlainRecord } from '../../manifest/data';
import { partSchema } from '../apply/parts';
import { canonicalDuration, canonicalTime } from './times';

/**
 * A decoded value in the server's form: canonical quantities, times and durations, and without empty lists and maps,
 * which the server does not store.
 */
export function canonicalValue(value: unknown, schema: Schema): unknown {
  if (typeof value === 'string') return canonicalText(value, schema);
  if (schema.type === 'list') {
    return Array.isArray(value) ? value.map((item) => canonicalValue(item, schema.items)) : value;
  }
  const hasParts = schema.type === 'map' || schema.type === 'struct';
  return hasParts && isPlainRecord(value) ? canonicalRecord(value, schema) : value;
}

function canonicalText(text: string, schema: Schema): string {
  if (schema.type === 'quantity') {
    const quantity = parseQuantity(text);
    return quantity === undefined ? text : canonical(quantity);
  }
  if (schema.type === 'time') return canonicalTime(text, schema.precision);
  if (schema.type === 'duration') return canonicalDuration(text);
  return schema.type === 'bytes' ? text.replace(/[\r\n]/g, '') : text;
}

function canonicalRecord(record: PlainRecord, schema: Schema): PlainRecord {
  const copy: PlainRecord = {};
  for (const [key, value] of Object.entries(record)) {
    const below = partSchema(schema, key);
    if (value === undefined || isNothing(value, below)) continue;
    setOwn(copy, key, canonicalValue(value, below));
  }
  return copy;
}

/** An empty list or map is the same as an absent one; an empty struct can have a meaning. */
function isNothing(value: unknown, { type }: Schema): boolean {
  if (type === 'list') return Array.isArray(value) && value.length === 0;
  return type === 'map' && isPlainRecord(value) && Object.keys(value).length === 0;
}
