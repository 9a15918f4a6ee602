import { isPlainRecord, ownValue, setOwn, type PlainRecord } from '../../manifest/data';
import { equal } from '../update/equal';
import { withoutNulls } from './directives';
import type { ThreeWay } from './strategic';

/**
 * The JSON merge patch (RFC 7386) that brings `live` to `modified`: what the two differ in, and what `original` alone
 * has is removed.
 *
 * @source k8s.io/apimachinery pkg/util/jsonmergepatch/patch.go CreateThreeWayJSONMergePatch 1.36
 */
export function jsonMergePatch({ original, modified, live }: ThreeWay): PlainRecord {
  const [changes, deletions] = [changesOf(diff(live, modified)), deletionsOf(diff(original, modified))];
  return joined(deletions, changes);
}

/** The JSON merge patch from one map to another, with null for what goes. */
export function diff(from: PlainRecord, to: PlainRecord): PlainRecord {
  const patch: PlainRecord = {};
  for (const [key, value] of Object.entries(to)) {
    const old = ownValue(from, key);
    if (equal(old, value)) continue;
    if (!isPlainRecord(old) || !isPlainRecord(value)) setOwn(patch, key, value);
    else setOwn(patch, key, diff(old, value));
  }
  for (const key of Object.keys(from)) if (ownValue(to, key) === undefined) setOwn(patch, key, null);
  return patch;
}

/** A patch without its nulls, those in the items of lists too. An empty map is a value. */
function changesOf(patch: PlainRecord): PlainRecord {
  const kept: PlainRecord = {};
  for (const [key, value] of Object.entries(patch)) {
    const part = isPlainRecord(value) ? changesOf(value) : withoutNulls(value);
    const isNothing = isPlainRecord(part) && Object.keys(part).length === 0 && !equal(value, {});
    if (part !== null && !isNothing) setOwn(kept, key, part);
  }
  return kept;
}

/** The nulls of a patch alone. */
function deletionsOf(patch: PlainRecord): PlainRecord {
  const kept: PlainRecord = {};
  for (const [key, value] of Object.entries(patch)) {
    const part = isPlainRecord(value) ? deletionsOf(value) : value;
    if (part === null || (isPlainRecord(part) && Object.keys(part).length > 0)) setOwn(kept, key, part);
  }
  return kept;
}

/** Two patches in one; neither takes anything from the other. */
function joined(one: PlainRecord, other: PlainRecord): PlainRecord {
  const all = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const old = ownValue(all, key);
    setOwn(all, key, isPlainRecord(old) && isPlainRecord(value) ? joined(old, value) : value);
  }
  return all;
}

/** A value with a JSON merge patch: null removes a key, a map is merged, and any other value replaces. */
export function applyJsonMerge(target: unknown, patch: unknown): unknown {
  if (!isPlainRecord(patch)) return withoutNulls(patch);
  const merged: PlainRecord = isPlainRecord(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else setOwn(merged, key, applyJsonMerge(ownValue(merged, key), value));
  }
  return merged;
}
