import { isPlainRecord, type PlainRecord } from '../../manifest/data';

/** Deletes or replaces the map that it stands in: `delete`, `replace`. */
export const PATCH = '$patch';

/** The fields of a map that stay; all others go. */
export const RETAIN_KEYS = '$retainKeys';

/** Before the name of a list of scalars: the items to remove from it. */
export const DELETE_FROM = '$deleteFromPrimitiveList/';

/** Before the name of a list: the order of its items. */
export const SET_ORDER = '$setElementOrder/';

/** Whether an item of a patch deletes the item with its merge key. */
export function isDeletion(item: unknown): boolean {
  return isPlainRecord(item) && item[PATCH] === 'delete';
}

/**
 * `value` without the maps that are nothing but a directive; `undefined` if it is one itself.
 *
 * @source k8s.io/apimachinery pkg/util/strategicpatch/patch.go removeDirectives 1.36
 */
export function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDirectives).filter((item) => item !== undefined);
  if (!isPlainRecord(value)) return value;
  if (Object.hasOwn(value, PATCH)) return undefined;
  return mapRecord(value, withoutDirectives);
}

/**
 * `value` without the keys that are null, in all its maps.
 *
 * @source k8s.io/apimachinery pkg/util/strategicpatch/patch.go discardNullValuesFromPatch 1.36
 */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  return isPlainRecord(value)
    ? mapRecord(value, (each) => (each === null ? undefined : withoutNulls(each)))
    : value;
}

/** A copy of `record` with its values changed; the ones that become `undefined` are left out. */
export function mapRecord(record: PlainRecord, change: (value: unknown) => unknown): PlainRecord {
  const entries = Object.entries(record).map(([key, value]) => [key, change(value)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
