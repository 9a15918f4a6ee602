import { isDeletion } from './directives';
import { firstIndexes, keyOf } from './items';

/**
 * The items of a patch and those that only the server has as one list. Each keep their order, that of the patch first;
 * an item of the server stands before the first item of the patch that follows it in `serverOrder`.
 *
 * @source k8s.io/apimachinery pkg/util/strategicpatch/patch.go normalizeElementOrder, mergeSortedSlice 1.36
 */
export function inOrder(
  items: readonly unknown[],
  patchOrder: readonly unknown[],
  serverOrder: readonly unknown[],
  mergeKey: string,
): unknown[] {
  const named = firstIndexes(patchOrder, mergeKey);
  const isNamed = (each: unknown): boolean => named.has(keyOf(each, mergeKey));
  const places = firstIndexes(serverOrder, mergeKey);
  const ours = sortedBy(items.filter(isNamed), named, mergeKey);
  const theirs = sortedBy(
    items.filter((each) => !isNamed(each)),
    places,
    mergeKey,
  );

  const merged: unknown[] = [];
  let next = 0;
  for (const our of ours) {
    const place = places.get(keyOf(our, mergeKey));
    for (; next < theirs.length; next++) {
      const their = places.get(keyOf(theirs[next], mergeKey));
      if (place === undefined || their === undefined || their >= place) break;
      merged.push(theirs[next]);
    }
    merged.push(our);
  }
  return [...merged, ...theirs.slice(next)];
}

/**
 * `items` in the order of `places`; the ones that delete come last.
 *
 * @source k8s.io/apimachinery pkg/util/strategicpatch/patch.go normalizeSliceOrder 1.36
 */
export function sortedBy(
  items: readonly unknown[],
  places: ReadonlyMap<unknown, number>,
  mergeKey: string,
): unknown[] {
  const placeOf = (each: unknown): number => places.get(keyOf(each, mergeKey)) ?? places.size;
  const kept = items.filter((each) => !isDeletion(each)).sort((a, b) => placeOf(a) - placeOf(b));
  return [...kept, ...items.filter(isDeletion)];
}

/**
 * The order of the server's items that counts once a patch is merged: without the deleted ones, and with as many added
 * ones in their place, since the server reuses the memory of the list.
 *
 * @source k8s.io/apimachinery pkg/util/strategicpatch/patch.go deleteMatchingEntries, mergeSliceWithoutSpecialElements 1.36
 */
export function serverOrder(
  old: readonly unknown[],
  items: readonly unknown[],
  mergeKey: string,
): readonly unknown[] {
  const deleted = new Set(items.filter(isDeletion).map((each) => keyOf(each, mergeKey)));
  if (deleted.size === 0) return old;
  const kept = old.filter((each) => !deleted.has(keyOf(each, mergeKey)));
  const known = firstIndexes(kept, mergeKey);
  const added = items.filter((each) => !isDeletion(each) && !known.has(keyOf(each, mergeKey)));
  return [...kept, ...added].slice(0, old.length);
}

/**
 * Whether the items of a patch come in the order that it names.
 *
 * @source k8s.io/apimachinery pkg/util/strategicpatch/patch.go validatePatchWithSetOrderList 1.36
 */
export function isInOrder(items: readonly unknown[], order: readonly unknown[], mergeKey: string): boolean {
  const kept = items.filter((each) => !isDeletion(each));
  if (order.length === 0 || items.length === 0) return true;
  let next = 0;
  for (const each of order) {
    if (next < kept.length && keyOf(kept[next], mergeKey) === keyOf(each, mergeKey)) next++;
  }
  return next >= kept.length;
}
