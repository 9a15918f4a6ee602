import { DURATION, TIMESTAMP } from '../check/type';
import { HashMap, ListValue, MapValue } from './collections';
import { Duration, Timestamp } from './time';
import { CelError, OpaqueValue, OptionalValue, TypeValue, Uint } from './value';
import type { Value } from './value';
import { work } from './work';

/** A list with its own equality, such as the lists of type set and map in a schema. */
export interface OwnEquality {
  equalTo(other: ListValue): boolean;
}

export function hasOwnEquality(value: ListValue): value is ListValue & OwnEquality {
  return 'equalTo' in value;
}

const PLAIN: Readonly<Record<string, string>> = {
  boolean: 'bool',
  bigint: 'int',
  number: 'double',
  string: 'string',
};

/** The type name of a value, as `type(x)` prints it. */
export function typeNameOf(value: Value): string {
  if (value === null) return 'null_type';
  if (typeof value !== 'object') return PLAIN[typeof value] ?? 'dyn';
  if (value instanceof Uint) return 'uint';
  if (value instanceof Uint8Array) return 'bytes';
  if (value instanceof ListValue) return 'list';
  if (value instanceof MapValue) return value.typeName;
  if (value instanceof Duration) return DURATION.name;
  if (value instanceof Timestamp) return TIMESTAMP.name;
  if (value instanceof TypeValue) return 'type';
  if (value instanceof OptionalValue) return 'optional_type';
  return value.type.name;
}

/** Whether two values are equal; those of different types are not, except for numbers. */
export function equal(one: Value, other: Value): boolean {
  work(1);
  if (one === other) return !Number.isNaN(one);
  if (isNumber(one)) return isNumber(other) && compareNumbers(one, other) === 0;
  if (one === null || other === null || typeof one !== 'object' || typeof other !== 'object') return false;
  if (one instanceof ListValue) return other instanceof ListValue && equalLists(one, other);
  if (one instanceof MapValue) return other instanceof MapValue && equalMaps(one, other);
  if (one instanceof Uint8Array) return other instanceof Uint8Array && compareBytes(one, other) === 0;
  if (one instanceof Duration) return other instanceof Duration && one.nanos === other.nanos;
  if (one instanceof Timestamp) return other instanceof Timestamp && one.nanos === other.nanos;
  if (one instanceof TypeValue) return other instanceof TypeValue && one.name === other.name;
  if (one instanceof OptionalValue) return other instanceof OptionalValue && equalOptionals(one, other);
  return one instanceof OpaqueValue && other instanceof OpaqueValue && one.equals(other);
}

function equalOptionals({ value: one }: OptionalValue, { value: other }: OptionalValue): boolean {
  return one === undefined || other === undefined ? one === other : equal(one, other);
}

function equalLists(one: ListValue, other: ListValue): boolean {
  if (one.size !== other.size) return false;
  if (hasOwnEquality(one)) return one.equalTo(other);
  for (let index = 0; index < one.size; index += 1) {
    if (!equal(one.at(index), other.at(index))) return false;
  }
  return true;
}

function equalMaps(one: MapValue, other: MapValue): boolean {
  if (one.size !== other.size) return false;
  for (const key of one.keys()) {
    const [mine, yours] = [one.get(key), other.get(key)];
    if (mine === undefined || yours === undefined) return false;
    if (mine instanceof CelError || yours instanceof CelError || !equal(mine, yours)) return false;
  }
  return true;
}

export type NumberValue = bigint | number | Uint;

export function isNumber(value: Value): value is NumberValue {
  return typeof value === 'bigint' || typeof value === 'number' || value instanceof Uint;
}

/** Negative, zero or positive; NaN where there is no order. */
export function compareNumbers(one: NumberValue, other: NumberValue): number {
  let [a, b] = [one, other].map((each) => (each instanceof Uint ? each.value : each)) as [
    bigint | number,
    bigint | number,
  ];
  // To compare it with a double, cel-go converts an integer to a double, even if it is too large to be exact.
  if (typeof a === 'number') b = Number(b);
  if (typeof b === 'number') a = Number(a);
  if (Number.isNaN(a) || Number.isNaN(b)) return NaN;
  return a < b ? -1 : a > b ? 1 : 0;
}

export function compareBytes(one: Uint8Array, other: Uint8Array): number {
  return Buffer.compare(one, other);
}

/** Compares by code points, while JavaScript compares UTF-16 units; the two differ only for surrogates. */
export function compareStrings(one: string, other: string): number {
  if (one === other) return 0;
  const length = Math.min(one.length, other.length);
  let index = 0;
  while (index < length && one.charCodeAt(index) === other.charCodeAt(index)) index += 1;
  if (index === length) return one.length - other.length;
  const [a, b] = [one.charCodeAt(index), other.charCodeAt(index)];
  const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;
  if (isHigh(a) === isHigh(b)) return a - b;
  return isHigh(a) ? 1 : -1;
}

/** The order of two values of one ordered type; undefined for others. */
export function compare(one: Value, other: Value): number | undefined {
  if (isNumber(one) && isNumber(other)) return compareNumbers(one, other);
  if (typeof one === 'string' && typeof other === 'string') return compareStrings(one, other);
  if (typeof one === 'boolean' && typeof other === 'boolean') return Number(one) - Number(other);
  if (one instanceof Uint8Array && other instanceof Uint8Array) return compareBytes(one, other);
  const isTime = (value: Value): value is Duration | Timestamp =>
    value instanceof Duration || value instanceof Timestamp;
  if (isTime(one) && isTime(other) && one.constructor === other.constructor)
    return one.nanos < other.nanos ? -1 : one.nanos > other.nanos ? 1 : 0;
  return undefined;
}

/** A map from entries with distinct keys. */
export function record(entries: Readonly<Record<string, Value>>): HashMap {
  const map = HashMap.of(Object.entries(entries));
  return map instanceof CelError ? new HashMap() : map;
}
