import { isDeepStrictEqual } from 'node:util';
import { setOwn, type PlainRecord } from '../../manifest/data';
import { fieldOf, type ItemKey } from './list-items';
import { isRecord } from './props';

type Index = Map<unknown, number[]>;

/**
 * The records and lists that overrides of one object have made so far. What one override has copied, the next changes in
 * place: thousands of overrides would copy the whole object each.
 */
export class Drafts {
  readonly #own = new WeakSet<object>();
  /** Places of the items of lists, by the field that tells them apart, and by its value. */
  readonly #indexes = new WeakMap<readonly unknown[], Map<string, Index>>();

  /** A record to change: `target` itself where it is a draft, or a copy; empty where it is none. */
  record(target: unknown): PlainRecord {
    if (isRecord(target) && this.#own.has(target)) return target;
    const copy: PlainRecord = {};
    if (isRecord(target)) for (const [key, value] of Object.entries(target)) setOwn(copy, key, value);
    this.#own.add(copy);
    return copy;
  }

  /** A list to change: `target` itself where it is a draft, or a copy. */
  list(target: readonly unknown[]): unknown[] {
    if (this.#own.has(target)) return target as unknown[];
    const copy = [...target];
    this.#own.add(copy);
    return copy;
  }

  /** Has to be called where items of a draft go, or may be told apart by other values than before. */
  forgetPlaces(list: readonly unknown[]): void {
    this.#indexes.delete(list);
  }

  /** Adds an item to a draft of a list, or replaces one that has the same value in `by`. */
  put(list: unknown[], at: number, item: unknown, by: string): void {
    const isNew = at === list.length;
    list[at] = item;
    const indexes = this.#indexes.get(list);
    for (const [field, index] of indexes ?? []) {
      if (isNew) addPlace(index, fieldOf(item, field), at);
      else if (field !== by) indexes?.delete(field);
    }
  }

  /**
   * Index of the item that `item` is merged into: the one with the same value in `by`, and among several of them, such as a
   * port with two protocols, the one that agrees in the other keys too. Negative where there is none.
   */
  find(list: readonly unknown[], item: PlainRecord, { others }: ItemKey, by: string): number {
    const places = this.#placesOf(list, item, by);
    const first = (on: readonly string[]): number =>
      places.find((at) =>
        on.every((field) => isDeepStrictEqual(fieldOf(list[at], field), fieldOf(item, field))),
      ) ?? -1;
    const exact = first([by, ...others]);
    if (exact >= 0) return exact;
    const given = others.filter((field) => fieldOf(item, field) !== undefined);
    const alike = first([by, ...given]);
    return alike >= 0 ? alike : first([by]);
  }

  /** Where items may be that have the value of `item` in `by`. */
  #placesOf(list: readonly unknown[], item: PlainRecord, by: string): readonly number[] {
    const value = fieldOf(item, by);
    if (typeof value !== 'string' && typeof value !== 'number') return [...list.keys()];
    const indexes = this.#indexes.get(list) ?? new Map<string, Index>();
    this.#indexes.set(list, indexes);
    let index = indexes.get(by);
    if (index === undefined) {
      index = new Map<unknown, number[]>();
      indexes.set(by, index);
      for (const [at, each] of list.entries()) addPlace(index, fieldOf(each, by), at);
    }
    return index.get(value) ?? [];
  }
}

function addPlace(index: Index, value: unknown, at: number): void {
  const places = index.get(value);
  if (places === undefined) index.set(value, [at]);
  else places.push(at);
}
