/** Changes of plain values at random places: the values of a real object become hostile, one at a time. */
import { isPlainRecord, setOwn, type PlainRecord } from '../../../lib/manifest/data';
import type { Random } from '../random';
import { expressionFor } from './expressions';
import { changed, stringFor } from './strings';
import { anything, numberOf } from './values';

interface Place {
  readonly container: PlainRecord | unknown[];
  readonly key: string;
}

/** A copy of `value` with `most` changes at most. */
export function changedValue<T extends object>(value: T, random: Random, most = 4): T {
  const copy = structuredClone(value);
  for (let left = 1 + random.below(most); left > 0; left--) {
    const places = placesIn(copy, []);
    if (places.length === 0) return copy;
    change(random.pick(places), random, places);
  }
  return copy;
}

function placesIn(value: unknown, places: Place[]): Place[] {
  if (!Array.isArray(value) && !isPlainRecord(value)) return places;
  const container = value as PlainRecord;
  for (const key of Object.keys(container)) {
    places.push({ container, key });
    placesIn(container[key], places);
  }
  return places;
}

function change({ container, key }: Place, random: Random, places: readonly Place[]): void {
  const old = (container as PlainRecord)[key];
  const put = (value: unknown): void => setOwn(container as PlainRecord, key, value);
  random.weighted<unknown>([
    [60, () => put(likeOld(key, old, random))],
    [10, () => put(anything(random, 2))],
    [8, () => (Array.isArray(container) ? container.splice(Number(key), 1) : delete container[key])],
    [6, () => Array.isArray(container) && container.push(structuredClone(random.pick(container)))],
    // What stands elsewhere in the object, another name of the field, and another field.
    [6, () => put(structuredClone(elsewhere(random, places)))],
    [5, () => !Array.isArray(container) && setOwn(container, changed(key, random), structuredClone(old))],
    [5, () => !Array.isArray(container) && setOwn(container, stringFor('key', random), anything(random, 1))],
  ]);
}

function elsewhere(random: Random, places: readonly Place[]): unknown {
  const { container, key } = random.pick(places);
  return (container as PlainRecord)[key];
}

function likeOld(key: string, old: unknown, random: Random): unknown {
  if (typeof old === 'number') return numberOf(random);
  if (typeof old === 'boolean') return !old;
  if (typeof old === 'string')
    return expressionFor(key, random) ?? (random.chance(30) ? changed(old, random) : stringFor(key, random));
  if (Array.isArray(old))
    return random.pick<unknown>([
      [],
      [...(old as unknown[]), ...(old as unknown[])],
      old.toReversed(),
      [null],
      [[]],
    ]);
  if (isPlainRecord(old)) {
    const extended: PlainRecord = { ...old };
    setOwn(extended, stringFor('key', random), stringFor('', random));
    return random.pick<unknown>([{}, extended, [old], null]);
  }
  return anything(random, 2);
}
