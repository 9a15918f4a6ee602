import type { ListValue } from '../values/collections';
import { compare, equal } from '../values/equality';
import { Duration, duration } from '../values/time';
import { CelError, Uint, int, uint } from '../values/value';
import type { Result, Value } from '../values/value';
import type { Overload } from './overload';
import { functions, overload } from './overload';

const COMPARABLE = ['int', 'uint', 'double', 'bool', 'duration', 'timestamp', 'string', 'bytes'];
const SUMMABLE = ['int', 'uint', 'double', 'duration'];

const NO_OVERLOAD = new CelError('no such overload');

/** Whether values of this value's type can be ordered. */
const hasOrder = (value: Value): boolean => compare(value, value) !== undefined;

function isSorted(list: ListValue): Result {
  let previous: Value | undefined;
  for (const item of list) {
    if (!hasOrder(item)) return NO_OVERLOAD;
    if (previous !== undefined && (compare(previous, item) ?? 0) > 0) return false;
    previous = item;
  }
  return true;
}

function extreme(name: string, isBetter: (order: number) => boolean): (list: ListValue) => Result {
  return (list) => {
    if (list.size === 0) return new CelError(`${name} called on empty list`);
    let best = list.at(0);
    for (const item of list) {
      if (!hasOrder(item)) return NO_OVERLOAD;
      if (isBetter(compare(item, best) ?? 0)) best = item;
    }
    return best;
  };
}

const ZERO: Readonly<Record<string, Value>> = {
  int: 0n,
  uint: new Uint(0n),
  double: 0,
  duration: new Duration(0n),
};

function plus(one: Value, other: Value): Result {
  if (typeof one === 'bigint' && typeof other === 'bigint') return int(one + other);
  if (typeof one === 'number' && typeof other === 'number') return one + other;
  if (one instanceof Uint && other instanceof Uint) return uint(one.value + other.value);
  if (one instanceof Duration && other instanceof Duration) return duration(one.nanos + other.nanos);
  return NO_OVERLOAD;
}

function sumOf(type: string): (list: ListValue) => Result {
  return (list) => {
    let sum: Result = ZERO[type] ?? null;
    for (const item of list) {
      if (sum instanceof CelError) return sum;
      sum = plus(sum, item);
    }
    return sum;
  };
}

function indexOf(list: ListValue, item: Value): Result {
  for (let index = 0; index < list.size; index += 1) if (equal(list.at(index), item)) return BigInt(index);
  return -1n;
}

function lastIndexOf(list: ListValue, item: Value): Result {
  for (let index = list.size - 1; index >= 0; index -= 1)
    if (equal(list.at(index), item)) return BigInt(index);
  return -1n;
}

const each = (types: readonly string[], make: (type: string) => Overload): Overload[] => types.map(make);

/** Kubernetes' own functions for lists. */
export const LISTS = functions({
  isSorted: each(COMPARABLE, (type) =>
    overload<[ListValue]>(`list_${type}_is_sorted_bool`, `list<${type}>.(): bool`, isSorted),
  ),
  sum: each(SUMMABLE, (type) =>
    overload<[ListValue]>(`list_${type}_sum_${type}`, `list<${type}>.(): ${type}`, sumOf(type)),
  ),
  max: each(COMPARABLE, (type) =>
    overload<[ListValue]>(
      `list_${type}_max_${type}`,
      `list<${type}>.(): ${type}`,
      extreme('max', (order) => order > 0),
    ),
  ),
  min: each(COMPARABLE, (type) =>
    overload<[ListValue]>(
      `list_${type}_min_${type}`,
      `list<${type}>.(): ${type}`,
      extreme('min', (order) => order < 0),
    ),
  ),
  indexOf: [overload<[ListValue, Value]>('list_a_index_of_int', 'list<A>.(A): int', indexOf)],
  lastIndexOf: [overload<[ListValue, Value]>('list_a_last_index_of_int', 'list<A>.(A): int', lastIndexOf)],
});

const contains = (list: ListValue, item: Value): boolean => indexOf(list, item) !== -1n;

function containsAll(list: ListValue, items: ListValue): boolean {
  for (const item of items) if (!contains(list, item)) return false;
  return true;
}

function intersects(one: ListValue, other: ListValue): boolean {
  for (const item of one) if (contains(other, item)) return true;
  return false;
}

/** Lists as sets; since 1.30. */
export const SETS = functions({
  'sets.contains': [
    overload<[ListValue, ListValue]>('list_sets_contains_list', '(list<T>, list<T>): bool', containsAll),
  ],
  'sets.equivalent': [
    overload<[ListValue, ListValue]>(
      'list_sets_equivalent_list',
      '(list<T>, list<T>): bool',
      (one, other) => containsAll(one, other) && containsAll(other, one),
    ),
  ],
  'sets.intersects': [
    overload<[ListValue, ListValue]>('list_sets_intersects_list', '(list<T>, list<T>): bool', intersects),
  ],
});
