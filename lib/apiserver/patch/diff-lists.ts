import { isPlainRecord, setOwn, type PlainRecord } from '../../manifest/data';
import { equal } from '../update/equal';
import { DELETE_FROM, PATCH, SET_ORDER } from './directives';
import { areMergeable, firstIndexes, keyOf, type Place } from './items';
import { sortedBy } from './order';

/** What a patch is to hold: what is added and changed, or what is no longer there. */
export type Part = 'changes' | 'deletions';

/** Two states of a list that is merged. */
export interface Lists {
  readonly from: readonly unknown[];
  readonly to: readonly unknown[];
  readonly part: Part;
  readonly mergeKey: string;
  readonly place: Place;
  /** The patch from one item to another. */
  readonly diffItem: (from: PlainRecord, to: PlainRecord, index: number) => PlainRecord;
}

/**
 * Adds to `patch` what it has to say about a list that is merged: items, items to remove, and their order.
 *
 * @source k8s.io/apimachinery pkg/util/strategicpatch/patch.go diffLists 1.36
 */
export function diffLists(key: string, lists: Lists, patch: PlainRecord): void {
  const { from, to, part, mergeKey, place } = lists;
  if (from.length === 0) {
    if (to.length > 0 && part === 'changes') setOwn(patch, key, to);
    return;
  }
  const areMaps = [...from, ...to].some(isPlainRecord);
  if (!areMergeable(areMaps ? mergeKey : '', place, from, to)) return;
  if (areMaps) diffMapLists(key, lists, patch);
  else diffScalarLists(key, lists, patch);
}

function diffMapLists(key: string, lists: Lists, patch: PlainRecord): void {
  const { from, to, part, mergeKey } = lists;
  const { changed, deleted } = diffItems(lists);
  const items = [...sortedBy(changed, firstIndexes(to, mergeKey), mergeKey), ...deleted];
  if (items.length > 0) setOwn(patch, key, items);
  const isSameOrder =
    from.length === to.length &&
    from.every((each, index) => keyOf(each, mergeKey) === keyOf(to[index], mergeKey));
  if (to.length === 0 || (items.length === 0 && (part === 'deletions' || isSameOrder))) return;
  patch[`${SET_ORDER}${key}`] = to.map((each) => ({ [mergeKey]: keyOf(each, mergeKey) }));
}

/**
 * The items that differ, side by side by the text of their merge keys, and those to delete.
 *
 * @source k8s.io/apimachinery pkg/util/strategicpatch/patch.go diffListsOfMaps 1.36
 */
function diffItems({
  from,
  to,
  part,
  mergeKey,
  diffItem,
}: Lists): Record<'changed' | 'deleted', PlainRecord[]> {
  const [changed, deleted]: [PlainRecord[], PlainRecord[]] = [[], []];
  const [old, now] = [byText(from, mergeKey), byText(to, mergeKey)];
  for (let [left, right] = [0, 0]; left < old.length || right < now.length;) {
    const [was, is] = [old[left], now[right]];
    if (was !== undefined && is !== undefined && was.text === is.text) {
      const found = diffItem(was.item, is.item, is.index);
      if (Object.keys(found).length > 0) changed.push({ ...found, [mergeKey]: is.item[mergeKey] });
      [left, right] = [left + 1, right + 1];
    } else if (is !== undefined && (was === undefined || was.text > is.text)) {
      if (part === 'changes') changed.push(is.item);
      right++;
    } else {
      if (part === 'deletions') deleted.push({ [mergeKey]: was?.item[mergeKey], [PATCH]: 'delete' });
      left++;
    }
  }
  return { changed, deleted };
}

/**
 * Items by the text of their merge keys. Items of one key come in reverse, as kubectl's sorting leaves up to twelve.
 *
 * @source k8s.io/apimachinery pkg/util/strategicpatch/patch.go sortMapsBasedOnField, SortableSliceOfMaps.Less 1.36
 */
function byText(
  items: readonly unknown[],
  mergeKey: string,
): { readonly item: PlainRecord; readonly text: string; readonly index: number }[] {
  return items
    .map((each, index) => ({
      item: isPlainRecord(each) ? each : {},
      text: String(keyOf(each, mergeKey)),
      index,
    }))
    .reverse()
    .sort((a, b) => compare(a.text, b.text));
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** @source k8s.io/apimachinery pkg/util/strategicpatch/patch.go diffListsOfScalars 1.36 */
function diffScalarLists(key: string, { from, to, part }: Lists, patch: PlainRecord): void {
  const sorted = [...from].sort((a, b) => compare(String(a), String(b)));
  if (part === 'changes') {
    const added = sortedBy(without(to, from), firstIndexes(to, ''), '');
    if (added.length > 0) setOwn(patch, key, added);
    // kubectl has sorted one of the lists by now.
    if (to.length > 0 && !equal(sorted, to)) patch[`${SET_ORDER}${key}`] = to;
    return;
  }
  const deleted = [...new Set(without(sorted, to))];
  if (deleted.length === 0) return;
  patch[`${DELETE_FROM}${key}`] = deleted;
  if (to.length > 0) patch[`${SET_ORDER}${key}`] = to;
}

/** The items of a list without as many of each as another has. */
function without(items: readonly unknown[], others: readonly unknown[]): unknown[] {
  const left = new Map<string, number>();
  for (const other of others) left.set(String(other), (left.get(String(other)) ?? 0) + 1);
  return items.filter((each) => {
    const count = left.get(String(each)) ?? 0;
    left.set(String(each), count - 1);
    return count <= 0;
  });
}
