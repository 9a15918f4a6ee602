import { concatenate, ListValue, MapValue } from './collections';
import type { Value } from './value';

/** Converts JSON data to CEL values: integers are ints, and nested values are converted on access. */
export function valueOf(data: unknown): Value {
  if (data === undefined || data === null) return null;
  if (typeof data === 'boolean' || typeof data === 'string' || typeof data === 'bigint') return data;
  if (typeof data === 'number') return isInt64(data) ? BigInt(data) : data;
  if (typeof data !== 'object') return null;
  return Array.isArray(data) ? new DataList(data) : new DataMap(data as Readonly<Record<string, unknown>>);
}

/** Whether Go decodes a number as an int64. One that a double cannot hold is a bigint already. */
function isInt64(data: number): boolean {
  return Number.isInteger(data) && Math.abs(data) < 2 ** 63;
}

class DataList extends ListValue {
  readonly #items: readonly unknown[];

  constructor(items: readonly unknown[]) {
    super();
    this.#items = items;
  }

  get size(): number {
    return this.#items.length;
  }

  override at(index: number): Value {
    return valueOf(this.#items[index]);
  }

  override plus(other: ListValue): ListValue {
    return concatenate(this, other);
  }
}

class DataMap extends MapValue {
  readonly #data: Readonly<Record<string, unknown>>;

  constructor(data: Readonly<Record<string, unknown>>) {
    super();
    this.#data = data;
  }

  get size(): number {
    return Object.keys(this.#data).length;
  }

  override get(key: Value): Value | undefined {
    return typeof key === 'string' && Object.hasOwn(this.#data, key) ? valueOf(this.#data[key]) : undefined;
  }

  override keys(): Iterable<Value> {
    return Object.keys(this.#data);
  }
}
