import { CelError, ListValue, Uint, MapValue } from './value';
import type { Value } from './value';
import { work } from './work';

export { ListValue, MapValue } from './value';

/**
 * A list in memory. The first append to a list needs no copy, because macros build lists item by item: the longer list
 * shares the array, and the shorter one does not see the new items.
 */
export class ArrayList extends ListValue {
  readonly size: number;
  readonly #items: Value[];

  constructor(items: Value[], size = items.length) {
    super();
    this.#items = items;
    this.size = size;
  }

  override at(index: number): Value {
    return this.#items[index] ?? null;
  }

  override plus(other: ListValue): ArrayList {
    const isLast = this.#items.length === this.size;
    work(isLast ? other.size : this.size + other.size);
    const items = isLast ? this.#items : this.#items.slice(0, this.size);
    for (let index = 0, { size } = other; index < size; index += 1) items.push(other.at(index));
    return new ArrayList(items);
  }
}

/** The items of both in a new list. */
export function concatenate(one: ListValue, other: ListValue): ListValue {
  work(one.size + other.size);
  return new ArrayList([...one, ...other]);
}

/** The lookup key of a map entry: equal numbers of different types are one key. */
export type Key = string | boolean | bigint | number;

/** The lookup key of a value; undefined for a value that cannot be a key. */
export function keyOf(value: Value): Key | undefined {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint') return value;
  if (value instanceof Uint) return value.value;
  if (typeof value !== 'number' || Number.isNaN(value)) return undefined;
  return Number.isInteger(value) ? BigInt(value) : value;
}

const NO_KEY = new CelError('a key of a map must be a string, a number or a bool');

interface Entry {
  readonly index: number;
  readonly key: Value;
  readonly value: Value;
}

/** A map in memory; like a list, a map with one more entry shares the storage of the previous one. */
export class HashMap extends MapValue {
  readonly size: number;
  readonly #entries: Map<Key, Entry>;

  constructor(entries: Map<Key, Entry> = new Map(), size = entries.size) {
    super();
    this.#entries = entries;
    this.size = size;
  }

  /** The map of a literal; of two entries with the same key, the later one wins. */
  static of(entries: Iterable<readonly [Value, Value]>): HashMap | CelError {
    const made = new Map<Key, Entry>();
    for (const [key, value] of entries) {
      const found = keyOf(key);
      if (found === undefined) return NO_KEY;
      made.set(found, { index: made.get(found)?.index ?? made.size, key, value });
    }
    return new HashMap(made);
  }

  override get(key: Value): Value | undefined {
    const found = keyOf(key);
    const entry = found === undefined ? undefined : this.#entries.get(found);
    return entry !== undefined && entry.index < this.size ? entry.value : undefined;
  }

  override *keys(): Generator<Value> {
    for (const { index, key } of this.#entries.values()) {
      if (index < this.size) yield key;
    }
  }

  /** The map with one more entry; an error if the key exists. */
  with(key: Value, value: Value): HashMap | CelError {
    const found = keyOf(key);
    if (found === undefined) return NO_KEY;
    if (this.get(key) !== undefined) return new CelError(`the key ${String(found)} is there twice`);
    const entries =
      this.#entries.size === this.size ? this.#entries : new Map([...this.#entries].slice(0, this.size));
    entries.set(found, { index: this.size, key, value });
    return new HashMap(entries);
  }
}
