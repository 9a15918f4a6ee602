import type { ListValue } from '../values/collections';
import type { Duration, Timestamp } from '../values/time';
import { duration, timestamp } from '../values/time';
import type { Result, Uint } from '../values/value';
import { CelError, INT_MIN, int, uint } from '../values/value';
import { functions, overload } from './overload';
import { joined } from './text';

const BY_ZERO = new CelError('division by zero');
const MODULUS = new CelError('modulus by zero');

type Ints = [bigint, bigint];
type Uints = [Uint, Uint];
type Doubles = [number, number];

/** No request can contain a longer list; without a limit, repeated concatenation could fill the memory. */
const LONGEST_LIST = 4_000_000;

function addLists(one: ListValue, other: ListValue): Result {
  if (one.size + other.size > LONGEST_LIST)
    return new CelError(`a list would be longer than ${LONGEST_LIST} items`);
  return one.plus(other);
}

function addBytes(one: Uint8Array, other: Uint8Array): Result {
  const sum = new Uint8Array(one.length + other.length);
  sum.set(one);
  sum.set(other, one.length);
  return sum;
}

/** Go's `INT_MIN % -1` overflows, as `INT_MIN / -1` does. */
function modulo(a: bigint, b: bigint): Result {
  if (b === 0n) return MODULUS;
  return a === INT_MIN && b === -1n ? new CelError('integer overflow') : a % b;
}

/** The arithmetic operators; their results fit 64 bits, or are errors. */
export const ARITHMETIC = functions({
  '_+_': [
    overload<[Uint8Array, Uint8Array]>('add_bytes', '(bytes, bytes): bytes', addBytes),
    overload<Doubles>('add_double', '(double, double): double', (a, b) => a + b),
    overload<[Duration, Duration]>('add_duration_duration', '(duration, duration): duration', (a, b) =>
      duration(a.nanos + b.nanos),
    ),
    overload<[Duration, Timestamp]>('add_duration_timestamp', '(duration, timestamp): timestamp', (a, b) =>
      timestamp(a.nanos + b.nanos),
    ),
    overload<[Timestamp, Duration]>('add_timestamp_duration', '(timestamp, duration): timestamp', (a, b) =>
      timestamp(a.nanos + b.nanos),
    ),
    overload<Ints>('add_int64', '(int, int): int', (a, b) => int(a + b)),
    overload<[ListValue, ListValue]>('add_list', '(list<A>, list<A>): list<A>', addLists),
    overload<[string, string]>('add_string', '(string, string): string', (a, b) => joined([a, b])),
    overload<Uints>('add_uint64', '(uint, uint): uint', (a, b) => uint(a.value + b.value)),
  ],
  '_-_': [
    overload<Doubles>('subtract_double', '(double, double): double', (a, b) => a - b),
    overload<[Duration, Duration]>('subtract_duration_duration', '(duration, duration): duration', (a, b) =>
      duration(a.nanos - b.nanos),
    ),
    overload<Ints>('subtract_int64', '(int, int): int', (a, b) => int(a - b)),
    overload<[Timestamp, Duration]>(
      'subtract_timestamp_duration',
      '(timestamp, duration): timestamp',
      (a, b) => timestamp(a.nanos - b.nanos),
    ),
    overload<[Timestamp, Timestamp]>(
      'subtract_timestamp_timestamp',
      '(timestamp, timestamp): duration',
      (a, b) => duration(a.nanos - b.nanos),
    ),
    overload<Uints>('subtract_uint64', '(uint, uint): uint', (a, b) => uint(a.value - b.value)),
  ],
  '_*_': [
    overload<Doubles>('multiply_double', '(double, double): double', (a, b) => a * b),
    overload<Ints>('multiply_int64', '(int, int): int', (a, b) => int(a * b)),
    overload<Uints>('multiply_uint64', '(uint, uint): uint', (a, b) => uint(a.value * b.value)),
  ],
  '_/_': [
    overload<Doubles>('divide_double', '(double, double): double', (a, b) => a / b),
    overload<Ints>('divide_int64', '(int, int): int', (a, b) => (b === 0n ? BY_ZERO : int(a / b))),
    overload<Uints>('divide_uint64', '(uint, uint): uint', (a, b) =>
      b.value === 0n ? BY_ZERO : uint(a.value / b.value),
    ),
  ],
  '_%_': [
    overload<Ints>('modulo_int64', '(int, int): int', (a, b) => modulo(a, b)),
    overload<Uints>('modulo_uint64', '(uint, uint): uint', (a, b) =>
      b.value === 0n ? MODULUS : uint(a.value % b.value),
    ),
  ],
  '-_': [
    overload<[number]>('negate_double', '(double): double', (a) => -a),
    overload<[bigint]>('negate_int64', '(int): int', (a) => int(-a)),
  ],
});
