import { isPlainRecord, ownValue, type PlainRecord } from '../../manifest/data';
import { PATCH } from './directives';
import { areMergeable, firstIndexes, keyOf, type Place } from './items';
import { inOrder } from './order';

/** A list that a patch is merged into. */
interface Lists {
  readonly target: readonly unknown[];
  readonly patch: readonly unknown[];
  readonly place: Place;
  readonly mergeItem: (target: PlainRecord, patch: PlainRecord) => PlainRecord;
}

/**
 * A list with the items of a patch merged into it, by their merge key or in a list of scalars as a set.
 *
 * @source k8s.io/apimachinery pkg/util/strategicpatch/patch.go mergeSlice 1.36
 */
export function mergeLists(lists: Lists, mergeKey: string): readonly unknown[] {
  const { target, patch, place } = lists;
  if (target.length === 0 && patch.length === 0) return target;
  const key = [...target, ...patch].some(isPlainRecord) ? mergeKey : '';
  if (!areMergeable(key, place, target, patch)) return target;
  if (key === '') return inOrder([...new Set([...target, ...patch])], patch, target, key);

  const deleted = new Set(
    patch.filter((each) => directive(each) === 'delete').map((each) => keyOf(each, key)),
  );
  const kept = target.filter((each) => !deleted.has(keyOf(each, key)));
  const items = patch.filter((each) => directive(each) === undefined);
  if (patch.some((each) => directive(each) === 'replace')) return items;
  return inOrder(mergeItems({ ...lists, target: kept, patch: items }, key), items, kept, key);
}

function directive(each: unknown): unknown {
  return ownValue(each, PATCH);
}

/** @source k8s.io/apimachinery pkg/util/strategicpatch/patch.go mergeSliceWithoutSpecialElements 1.36 */
function mergeItems({ target, patch, mergeItem }: Lists, mergeKey: string): unknown[] {
  const items = [...target];
  const places = firstIndexes(items, mergeKey);
  for (const each of patch) {
    const place = places.get(keyOf(each, mergeKey));
    const old = place === undefined ? undefined : items[place];
    if (place !== undefined && isPlainRecord(old) && isPlainRecord(each)) {
      items[place] = mergeItem(old, each);
    } else {
      places.set(keyOf(each, mergeKey), items.length);
      items.push(each);
    }
  }
  return items;
}
