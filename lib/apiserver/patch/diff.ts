import type { Schema } from '../../kube/schema';
import { isPlainRecord, ownValue, setOwn, type PlainRecord } from '../../manifest/data';
import { equal } from '../update/equal';
import { PATCH, RETAIN_KEYS } from './directives';
import { diffLists, type Part } from './diff-lists';
import { itemPlace, placeOf, type Place } from './items';
import { patchMeta } from './meta';

/** Two states of a map, and what the patch from one to the other is to hold. */
interface Difference {
  readonly from: PlainRecord;
  readonly to: PlainRecord;
  readonly part: Part;
  readonly schema: Schema;
  readonly place: Place;
}

/**
 * One part of the strategic merge patch from one map to another.
 *
 * @param retainsKeys whether the patch names the fields that stay, where it changes something
 * @source k8s.io/apimachinery pkg/util/strategicpatch/patch.go diffMaps 1.36
 */
export function diffMaps(difference: Difference, retainsKeys = false): PlainRecord {
  const { from, to, part } = difference;
  const patch: PlainRecord = {};
  for (const key of Object.keys(to)) diffField(key, difference, patch);
  const gone = Object.keys(from).filter((key) => from[key] !== undefined && !isSet(to, key));
  if (part === 'deletions') for (const key of gone) setOwn(patch, key, null);

  const stays = Object.keys(to).filter((key) => to[key] !== null && isSet(to, key));
  const isChanged = Object.keys(patch).length > 0 || gone.some((key) => from[key] !== null);
  if (retainsKeys && stays.length > 0 && isChanged) patch[RETAIN_KEYS] = stays.sort();
  return patch;
}

function isSet(record: PlainRecord, key: string): boolean {
  return ownValue(record, key) !== undefined;
}

function diffField(key: string, { from, to, part, schema, place }: Difference, patch: PlainRecord): void {
  const [was, is] = [ownValue(from, key), ownValue(to, key)];
  if (is === undefined) return;
  if (was !== undefined && key !== PATCH) {
    const { below, retainsKeys, isReplaced, isMerged, mergeKey } = patchMeta(schema, key);
    const inside = { part, schema: below, place: placeOf(place, key) };
    if (isPlainRecord(was) && isPlainRecord(is) && !isReplaced) {
      const found = diffMaps({ from: was, to: is, ...inside }, retainsKeys);
      if (Object.keys(found).length > 0) setOwn(patch, key, found);
      return;
    }
    if (Array.isArray(was) && Array.isArray(is) && isMerged) {
      const diffItem = (item: PlainRecord, next: PlainRecord, index: number): PlainRecord =>
        diffMaps({ from: item, to: next, ...inside, place: itemPlace(inside.place, index) }, retainsKeys);
      diffLists(key, { from: was, to: is, part, mergeKey, place: inside.place, diffItem }, patch);
      return;
    }
  }
  if (part === 'changes' && (was === undefined || !equal(was, is))) setOwn(patch, key, is);
}
