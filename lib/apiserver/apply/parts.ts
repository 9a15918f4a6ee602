import type { ListSchema, Schema } from '../../kube/schema';
import { isPlainRecord } from '../../manifest/data';
import { jsonText } from '../../manifest/json-text';

/** How server-side apply treats a value: as atomic, or as a map or a list whose parts have separate owners. */
export type View = 'whole' | 'map' | 'list';

/** The default without a schema: maps have parts, all other values are atomic. */
export const UNKNOWN: Schema = { type: 'any' };

/**
 * How `value` is treated by its schema.
 *
 * The server derives this schema from its OpenAPI document, where a value without a type (`any`, and the
 * schema-or-boolean fields of `JSONSchemaProps`) is treated by its JSON type.
 */
export function viewOf(schema: Schema, value: unknown): View {
  if (schema.type === 'struct' || schema.type === 'map') return schema.atomic ? 'whole' : 'map';
  if (schema.type === 'list') return schema.listType === 'atomic' ? 'whole' : 'list';
  const isOpen = schema.type === 'any' || schema.type === 'union';
  return isOpen && isPlainRecord(value) ? 'map' : 'whole';
}

/** The schema of the part `key` of a value that is treated as a map. */
export function partSchema(schema: Schema, key: string): Schema {
  if (schema.type === 'struct') return schema.struct().fields.get(key) ?? UNKNOWN;
  return schema.type === 'map' ? schema.values : UNKNOWN;
}

/**
 * The identity of a list item: its keys, with their defaults, or in a set the item itself.
 *
 * @source sigs.k8s.io/structured-merge-diff/v6 typed/helpers.go listItemToPathElement, keyedAssociativeListItemToPathElement 1.36
 */
export function itemKey(list: ListSchema, item: unknown): string {
  if (list.listType === 'set' || !isPlainRecord(item)) return jsonText(item);
  return jsonText(list.listKeys.map((key) => (item[key] === undefined ? keyDefault(list, key) : item[key])));
}

/**
 * The value of a key that an item omits: its default, or zero where the server never omits the field.
 *
 * @source sigs.k8s.io/structured-merge-diff/v6 typed/helpers.go getAssociativeKeyDefault 1.36
 */
export function keyDefault(list: ListSchema, key: string): unknown {
  const field = list.items.type === 'struct' ? list.items.struct().fields.get(key) : undefined;
  if (field === undefined || field.default !== undefined) return field?.default;
  if (field.omitEmpty || field.pointer) return undefined;
  return field.type === 'integer' ? 0 : '';
}

/** The entries of a value, if it is a map. */
export function entriesOf(value: unknown): [string, unknown][] {
  return isPlainRecord(value) ? Object.entries(value) : [];
}

/** The items of a value, if it is a list. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
