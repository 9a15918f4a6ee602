import { ArrayList, ListValue, MapValue } from '../values/collections';
import { Duration, FIRST_SECOND, SECOND, Timestamp } from '../values/time';
import { CelError, OptionalValue, Uint } from '../values/value';
import type { Result, Value } from '../values/value';
import { functions, overload } from './overload';

const NO_VALUE = new CelError('optional.none() has no value');

/** Whether a value is the zero value of its type: empty, zero, false. */
function isZero(value: Value): boolean {
  if (value === null || value === false || value === '' || value === 0n || value === 0) return true;
  if (value instanceof Uint) return value.value === 0n;
  if (value instanceof Uint8Array) return value.length === 0;
  if (value instanceof ListValue || value instanceof MapValue) return value.size === 0;
  if (value instanceof Duration) return value.nanos === 0n;
  // Go's zero time is the first second of year 1.
  return value instanceof Timestamp && value.seconds === FIRST_SECOND && value.nanos % SECOND === 0n;
}

function unwrapAll(list: ListValue): Result {
  const values: Value[] = [];
  for (const item of list) {
    if (!(item instanceof OptionalValue)) return new CelError('a value of the list is not optional');
    if (item.value !== undefined) values.push(item.value);
  }
  return new ArrayList(values);
}

/** Optional values; since 1.29. */
export const OPTIONALS = functions({
  'optional.none': [overload('optional_none', '(): optional<V>', () => OptionalValue.none)],
  'optional.of': [overload<[Value]>('optional_of', '(V): optional<V>', (value) => new OptionalValue(value))],
  'optional.ofNonZeroValue': [
    overload<[Value]>('optional_ofNonZeroValue', '(V): optional<V>', (value) =>
      isZero(value) ? OptionalValue.none : new OptionalValue(value),
    ),
  ],
  hasValue: [
    overload<[OptionalValue]>(
      'optional_hasValue',
      'optional<V>.(): bool',
      ({ value }) => value !== undefined,
    ),
  ],
  value: [
    overload<[OptionalValue]>('optional_value', 'optional<V>.(): V', ({ value }) => value ?? fallback(value)),
  ],
  or: [
    overload<[OptionalValue, OptionalValue]>(
      'optional_or_optional',
      'optional<V>.(optional<V>): optional<V>',
      (one, other) => (one.value === undefined ? other : one),
    ),
  ],
  orValue: [
    overload<[OptionalValue, Value]>('optional_orValue_value', 'optional<V>.(V): V', ({ value }, other) =>
      value === undefined ? other : value,
    ),
  ],
});

/** An optional null has a value, which is null. */
function fallback(value: null | undefined): Result {
  return value === undefined ? NO_VALUE : value;
}

/** The values of a list of optional values; since 1.33. */
export const UNWRAPPED = functions({
  'optional.unwrap': [overload<[ListValue]>('optional_unwrap', '(list<optional<V>>): list<V>', unwrapAll)],
  unwrapOpt: [overload<[ListValue]>('optional_unwrapOpt', 'list<optional<V>>.(): list<V>', unwrapAll)],
});
