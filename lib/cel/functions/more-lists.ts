import { ArrayList, ListValue, concatenate, keyOf } from '../values/collections';
import type { Key, MapValue, HashMap } from '../values/collections';
import { compare, equal, typeNameOf } from '../values/equality';
import { CelError, OptionalValue } from '../values/value';
import type { Result, Value } from '../values/value';
import { functions, overload } from './overload';

/** Each number costs one unit, so this is the cost limit of a call. */
const LONGEST_RANGE = 1_000_000;

/** The numbers from zero, created on access. */
class RangeList extends ListValue {
  readonly size: number;

  constructor(size: number) {
    super();
    this.size = size;
  }

  override at(index: number): Value {
    return BigInt(index);
  }

  override plus(other: ListValue): ListValue {
    return concatenate(this, other);
  }
}

function range(end: bigint): Result {
  if (end > LONGEST_RANGE) return new CelError(`a range of more than ${LONGEST_RANGE} numbers is too long`);
  return new RangeList(Math.max(0, Number(end)));
}

function slice(list: ListValue, start: bigint, end: bigint): Result {
  if (start < 0n || end < 0n || start > end || end > BigInt(list.size))
    return new CelError(`cannot slice(${start}, ${end}) of a list of length ${list.size}`);
  const items: Value[] = [];
  for (let index = Number(start); index < Number(end); index += 1) items.push(list.at(index));
  return new ArrayList(items);
}

function flatten(list: ListValue, depth = 1n): Result {
  if (depth < 0n) return new CelError('level must be non-negative');
  const items: Value[] = [];
  const gather = (from: ListValue, left: bigint): void => {
    for (const item of from) {
      if (item instanceof ListValue && left > 0n) gather(item, left - 1n);
      else items.push(item);
    }
  };
  gather(list, depth);
  return new ArrayList(items);
}

function sortedBy(list: ListValue, keys: ListValue): Result {
  if (list.size !== keys.size) return new CelError('a list and its keys must be of one size');
  const pairs = [...list].map((item, index): [Value, Value] => [keys.at(index), item]);
  const [first] = pairs;
  if (first === undefined) return list;
  const type = typeNameOf(first[0]);
  if (pairs.some(([key]) => typeNameOf(key) !== type))
    return new CelError('list elements must have the same type');
  if (compare(first[0], first[0]) === undefined) return new CelError('list elements must be comparable');
  pairs.sort(([one], [other]) => compare(one, other) ?? 0);
  return new ArrayList(pairs.map(([, item]) => item));
}

/**
 * Keeps the first of equal items. Items that can be map keys are looked up, the others are compared with each other.
 */
function distinct(list: ListValue): Result {
  const [kept, others]: [Value[], Value[]] = [[], []];
  const keys = new Set<Key>();
  for (const item of list) {
    const key = keyOf(item);
    if (key === undefined ? others.some((other) => equal(other, item)) : keys.has(key)) continue;
    if (key === undefined) others.push(item);
    else keys.add(key);
    kept.push(item);
  }
  return new ArrayList(kept);
}

const COMPARABLE = [
  ['int', 'int'],
  ['uint', 'uint'],
  ['double', 'double'],
  ['bool', 'bool'],
  ['google.protobuf.Duration', 'duration'],
  ['google.protobuf.Timestamp', 'timestamp'],
  ['string', 'string'],
  ['bytes', 'bytes'],
] as const;

const at =
  (place: (size: number) => number) =>
  (list: ListValue): Result =>
    list.size === 0 ? OptionalValue.none : new OptionalValue(list.at(place(list.size)));

/** The extension for lists; since 1.35. */
export const MORE_LISTS = functions({
  slice: [overload<[ListValue, bigint, bigint]>('list_slice', 'list<T>.(int, int): list<T>', slice)],
  flatten: [
    overload<[ListValue]>('list_flatten', 'list<list<T>>.(): list<T>', flatten),
    overload<[ListValue, bigint]>('list_flatten_int', 'list<dyn>.(int): list<dyn>', flatten),
  ],
  sort: COMPARABLE.map(([id, type]) =>
    overload<[ListValue]>(`list_${id}_sort`, `list<${type}>.(): list<${type}>`, (list) =>
      sortedBy(list, list),
    ),
  ),
  '@sortByAssociatedKeys': COMPARABLE.map(([id, type]) =>
    overload<[ListValue, ListValue]>(
      `list_${id}_sortByAssociatedKeys`,
      `list<T>.(list<${type}>): list<T>`,
      sortedBy,
    ),
  ),
  'lists.range': [overload<[bigint]>('lists_range', '(int): list<int>', range)],
  reverse: [
    overload<[ListValue]>(
      'list_reverse',
      'list<T>.(): list<T>',
      (list) => new ArrayList([...list].reverse()),
    ),
  ],
  distinct: [overload<[ListValue]>('list_distinct', 'list<T>.(): list<T>', distinct)],
});

/** The first and last item of a list, unless it is empty. */
export const LIST_ENDS = functions({
  first: [
    overload<[ListValue]>(
      'list_first',
      'list<V>.(): optional<V>',
      at(() => 0),
    ),
  ],
  last: [
    overload<[ListValue]>(
      'list_last',
      'list<V>.(): optional<V>',
      at((size) => size - 1),
    ),
  ],
});

function insertAll(map: HashMap, more: MapValue): Result {
  let result: HashMap | CelError = map;
  for (const key of more.keys()) {
    const value = more.get(key);
    if (result instanceof CelError) return result;
    if (value === undefined || value instanceof CelError)
      return new CelError('an entry of a map has no value');
    result = result.with(key, value);
  }
  return result;
}

/** The functions that the map macros expand to. */
export const MAP_INSERTS = functions({
  'cel.@mapInsert': [
    overload<[HashMap, Value, Value]>(
      '@mapInsert_map_key_value',
      '(map<K, V>, K, V): map<K, V>',
      (map, key, value) => map.with(key, value),
    ),
    overload<[HashMap, MapValue]>('@mapInsert_map_map', '(map<K, V>, map<K, V>): map<K, V>', insertAll),
  ],
});
