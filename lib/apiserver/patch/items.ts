import { describeType, isPlainRecord, ownValue } from '../../manifest/data';
import { child, item as itemPath } from '../../manifest/path';
import type { FieldError } from '../admission/review';

/** Where in an object a patch is at work, and the errors found there. */
export interface Place {
  readonly path: string;
  readonly errors: FieldError[];
}

/** The place of field `key` below. */
export function placeOf({ path, errors }: Place, key: string): Place {
  return { path: child(path, key), errors };
}

/** The place of item `index` below. */
export function itemPlace({ path, errors }: Place, index: number): Place {
  return { path: itemPath(path, index), errors };
}

/** The value by which an item is found in a list: that of its merge key, or itself in a list of scalars. */
export function keyOf(item: unknown, mergeKey: string): unknown {
  return mergeKey === '' ? item : ownValue(item, mergeKey);
}

/** The first index of each key of a list. */
export function firstIndexes(items: readonly unknown[], mergeKey: string): Map<unknown, number> {
  const indexes = new Map<unknown, number>();
  for (const [index, each] of items.entries()) {
    const key = keyOf(each, mergeKey);
    if (!indexes.has(key)) indexes.set(key, index);
  }
  return indexes;
}

/**
 * Whether lists that are merged are lists of scalars, or of maps that all have the merge key; reports what is neither.
 *
 * @source k8s.io/apimachinery pkg/util/strategicpatch/patch.go sliceElementType, validateMergeKeyInLists 1.36
 */
export function areMergeable(
  mergeKey: string,
  place: Place,
  ...lists: readonly (readonly unknown[])[]
): boolean {
  const types = new Set(lists.flat().map(typeOf));
  if (types.size > 1 || types.has('list') || types.has('null')) {
    place.errors.push({
      reason: 'invalid',
      path: place.path,
      message: 'items of a merged list must be of one type',
    });
    return false;
  }
  if (mergeKey === '' && types.has('map')) {
    place.errors.push({
      reason: 'invalid',
      path: place.path,
      message: 'cannot merge a list without a merge key',
    });
    return false;
  }
  if (mergeKey === '') return true;
  return lists.every((items) => items.every((each, index) => hasKey(each, mergeKey, index, place)));
}

function hasKey(each: unknown, mergeKey: string, index: number, { path, errors }: Place): boolean {
  if (isPlainRecord(each) && ownValue(each, mergeKey) !== undefined) return true;
  const where = itemPath(path, index);
  errors.push(
    isPlainRecord(each)
      ? {
          reason: 'required',
          path: child(where, mergeKey),
          message: 'Required value: the merge key of the list',
        }
      : { reason: 'invalid', path: where, message: `expected a map, got ${describeType(each)}` },
  );
  return false;
}

/** The JSON type of a value. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'bigint') return 'number';
  return typeof value === 'object' ? 'map' : typeof value;
}
