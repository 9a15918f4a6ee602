import type { Schema } from '../../kube/schema';
import { isPlainRecord, ownValue, setOwn, type PlainRecord } from '../../manifest/data';
import { equal } from '../update/equal';
import { DELETE_FROM, PATCH, RETAIN_KEYS, SET_ORDER, withoutDirectives, withoutNulls } from './directives';
import { areMergeable, placeOf, typeOf, type Place } from './items';
import { mergeLists } from './merge-lists';
import { patchMeta, type PatchMeta } from './meta';
import { inOrder, isInOrder, serverOrder } from './order';

/** What a patch is merged into: another patch, so that its directives stay, or an object. */
export type Into = 'patch' | 'object';

/** A strategic merge patch, and what it is merged into. */
interface Merge {
  readonly target: PlainRecord;
  readonly patch: PlainRecord;
  readonly into: Into;
  readonly schema: Schema;
  readonly place: Place;
}

/**
 * A map with a strategic merge patch merged into it.
 *
 * @source k8s.io/apimachinery pkg/util/strategicpatch/patch.go mergeMap 1.36
 */
export function mergeMaps(merge: Merge): PlainRecord {
  const { [PATCH]: directive, ...plain } = merge.patch;
  if (directive === 'replace') return plain;
  if (directive === 'delete') return {};
  const copy = { ...merge, target: { ...merge.target }, patch: { ...merge.patch } };
  retainKeys(copy);
  mergeOrdered(copy);
  for (const [key, value] of Object.entries(copy.patch)) mergeField(key, value, copy);
  return copy.target;
}

/** Takes `$retainKeys` from the patch, and from an object the fields that it does not name. */
function retainKeys({ target, patch, into, place }: Merge): void {
  const keys: unknown = patch[RETAIN_KEYS];
  delete patch[RETAIN_KEYS];
  if (keys === undefined) return;
  if (into === 'patch') {
    target[RETAIN_KEYS] = keys;
    return;
  }
  const stays = new Set(Array.isArray(keys) ? (keys as unknown[]) : []);
  const isNamed = ([key, value]: readonly [string, unknown]): boolean =>
    value === null || key.startsWith(DELETE_FROM) || key.startsWith(SET_ORDER) || stays.has(key);
  if (!Object.entries(patch).every(isNamed)) {
    place.errors.push({
      reason: 'invalid',
      path: place.path,
      message: `${RETAIN_KEYS} does not name every field`,
    });
  }
  for (const key of Object.keys(target)) if (!stays.has(key)) delete target[key];
}

function mergeField(name: string, value: unknown, merge: Merge): void {
  const { target, into } = merge;
  const isRemoval = name.startsWith(DELETE_FROM);
  if (isRemoval && into === 'patch') {
    target[name] = value;
    return;
  }
  const key = isRemoval ? name.slice(DELETE_FROM.length) : name;
  if (value === null) {
    if (into === 'patch') setOwn(target, key, null);
    else delete target[key];
    return;
  }
  const old = ownValue(target, key);
  if (old === undefined || typeOf(old) !== typeOf(value)) {
    if (!isRemoval) set(target, key, withoutDirectives(into === 'object' ? withoutNulls(value) : value));
    return;
  }
  set(target, key, merged(key, old, value, isRemoval, merge));
}

function set(target: PlainRecord, key: string, value: unknown): void {
  if (value === undefined) delete target[key];
  else setOwn(target, key, value);
}

function merged(key: string, old: unknown, value: unknown, isRemoval: boolean, merge: Merge): unknown {
  const { isMerged, isReplaced, mergeKey, place, mergePart } = partOf(key, merge);
  if (isPlainRecord(old) && isPlainRecord(value)) return isReplaced ? value : mergePart(old, value);
  if (!Array.isArray(old) || !Array.isArray(value)) return withoutDirectives(value);
  if (isRemoval && merge.into === 'object')
    return old.filter((each) => !value.some((other) => equal(each, other)));
  if (!isMerged) return value as unknown;
  return mergeLists({ target: old, patch: value, place, mergeItem: mergePart }, mergeKey);
}

/** How field `key` is merged, and how the maps in it are. */
function partOf(
  key: string,
  { into, schema, place }: Merge,
): PatchMeta & {
  readonly place: Place;
  readonly mergePart: (target: PlainRecord, patch: PlainRecord) => PlainRecord;
} {
  const meta = patchMeta(schema, key);
  const inside = { into, schema: meta.below, place: placeOf(place, key) };
  return {
    ...meta,
    place: inside.place,
    mergePart: (target, patch) => mergeMaps({ target, patch, ...inside }),
  };
}

/**
 * Merges the lists whose order the patch names, and takes them from the patch.
 *
 * @source k8s.io/apimachinery pkg/util/strategicpatch/patch.go mergePatchIntoOriginal 1.36
 */
function mergeOrdered(merge: Merge): void {
  const { target, patch, into } = merge;
  for (const name of Object.keys(patch).filter((key) => key.startsWith(SET_ORDER))) {
    const order = listIn(patch, name) ?? [];
    if (into === 'patch') target[name] = order;
    delete patch[name];
    const key = name.slice(SET_ORDER.length);
    const list = orderedList(key, order, merge);
    if (list !== undefined) setOwn(target, key, list);
    if (list !== undefined) delete patch[key];
  }
}

function orderedList(key: string, order: readonly unknown[], merge: Merge): unknown[] | undefined {
  const { isMerged, mergeKey, place, mergePart } = partOf(key, merge);
  const [old, items] = [listIn(merge.target, key), listIn(merge.patch, key)];
  const refuse = (message: string): unknown =>
    place.errors.push({ reason: 'invalid', path: place.path, message });
  if (old === undefined && ownValue(merge.target, key) !== undefined)
    refuse(`${SET_ORDER}${key} is for a list`);
  if (items !== undefined && !isInOrder(items, order, mergeKey))
    refuse(`the order of the patch does not match ${SET_ORDER}${key}: items have the same ${mergeKey}`);
  if (items === undefined && old === undefined) return undefined;
  const merged =
    items === undefined
      ? (old ?? [])
      : old === undefined
        ? items.map(withoutDirectives).filter((each) => each !== undefined)
        : isMerged
          ? mergeLists({ target: old, patch: items, place, mergeItem: mergePart }, mergeKey)
          : items;
  if (!areMergeable(mergeKey, place, merged, order)) return [...merged];
  return inOrder(merged, order, serverOrder(old ?? [], items ?? [], mergeKey), mergeKey);
}

function listIn(record: PlainRecord, key: string): readonly unknown[] | undefined {
  const value = ownValue(record, key);
  return Array.isArray(value) ? value : undefined;
}
