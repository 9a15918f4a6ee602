import { parseDuration, parseTimestamp, formatDuration, formatTimestamp, timestamp } from '../values/time';
import type { Duration, Timestamp } from '../values/time';
import { typeNameOf } from '../values/equality';
import type { Result, Value } from '../values/value';
import { CelError, INT_MAX, INT_MIN, TypeValue, UINT_MAX, Uint, int, uint } from '../values/value';
import { formatDouble } from './double';
import { functions, overload } from './overload';

const same = (value: Value): Value => value;

/** Truncates towards zero; the limits of int are out of range, because doubles near them are not exact. */
function toInt(value: number): Result {
  if (!Number.isFinite(value) || value <= Number(INT_MIN) || value >= Number(INT_MAX)) return NO_INT;
  return BigInt(Math.trunc(value));
}

function toUint(value: number): Result {
  if (!Number.isFinite(value) || value < 0 || value >= Number(UINT_MAX)) return NO_UINT;
  return new Uint(BigInt(Math.trunc(value)));
}

function parseInteger(text: string, shape: RegExp, min: bigint, max: bigint): bigint | undefined {
  if (text.length > 80 || !shape.test(text)) return undefined;
  const value = BigInt(text.replace(/^\+/, ''));
  return value >= min && value <= max ? value : undefined;
}

function parseDouble(text: string): number | CelError {
  const word = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
  if (word !== null) return /nan/i.test(word[2] ?? '') ? NaN : word[1] === '-' ? -Infinity : Infinity;
  const plain = text.replace(/(?<=\d)_(?=\d)/g, '');
  const isNumber = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(plain);
  const value = Number(plain);
  return isNumber && Number.isFinite(value) ? value : new CelError(`${JSON.stringify(text)} is not a double`);
}

const TRUE = ['1', 't', 'T', 'true', 'TRUE', 'True'];
const FALSE = ['0', 'f', 'F', 'false', 'FALSE', 'False'];

function parseBool(text: string): Result {
  if (TRUE.includes(text)) return true;
  return FALSE.includes(text) ? false : new CelError(`${JSON.stringify(text)} is not a bool`);
}

function decode(bytes: Uint8Array): Result {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return new CelError('the bytes are not UTF-8');
  }
}

const NO_INT = new CelError('the value is out of the range of int, or not a number');
const NO_DURATION = new CelError("type conversion error from 'int' to 'google.protobuf.Duration'");
const NO_UINT = new CelError('the value is out of the range of uint, or not a number');

/** Conversions between types: `int('3')`, `string(2.5)`, `timestamp('2024-…')`. */
export const CONVERSIONS = functions({
  bool: [
    overload('bool_to_bool', '(bool): bool', same),
    overload<[string]>('string_to_bool', '(string): bool', parseBool),
  ],
  bytes: [
    overload('bytes_to_bytes', '(bytes): bytes', same),
    overload<[string]>('string_to_bytes', '(string): bytes', (text) => new TextEncoder().encode(text)),
  ],
  double: [
    overload('double_to_double', '(double): double', same),
    overload<[bigint]>('int64_to_double', '(int): double', Number),
    overload<[string]>('string_to_double', '(string): double', parseDouble),
    overload<[Uint]>('uint64_to_double', '(uint): double', ({ value }) => Number(value)),
  ],
  duration: [
    overload('duration_to_duration', '(duration): duration', same),
    // The language declares it, but no implementation supports it.
    overload<[bigint]>('int64_to_duration', '(int): duration', () => NO_DURATION),
    overload<[string]>('string_to_duration', '(string): duration', parseDuration),
  ],
  dyn: [overload('to_dyn', '(A): dyn', same)],
  int: [
    overload('int64_to_int64', '(int): int', same),
    overload<[number]>('double_to_int64', '(double): int', toInt),
    overload<[Duration]>('duration_to_int64', '(duration): int', ({ nanos }) => nanos),
    overload<[string]>(
      'string_to_int64',
      '(string): int',
      (text) => parseInteger(text, /^[+-]?\d+$/, INT_MIN, INT_MAX) ?? NO_INT,
    ),
    overload<[Timestamp]>('timestamp_to_int64', '(timestamp): int', ({ seconds }) => seconds),
    overload<[Uint]>('uint64_to_int64', '(uint): int', ({ value }) => int(value)),
  ],
  string: [
    overload('string_to_string', '(string): string', same),
    overload<[boolean]>('bool_to_string', '(bool): string', String),
    overload<[Uint8Array]>('bytes_to_string', '(bytes): string', decode),
    overload<[number]>('double_to_string', '(double): string', formatDouble),
    overload<[Duration]>('duration_to_string', '(duration): string', formatDuration),
    overload<[bigint]>('int64_to_string', '(int): string', String),
    overload<[Timestamp]>('timestamp_to_string', '(timestamp): string', formatTimestamp),
    overload<[Uint]>('uint64_to_string', '(uint): string', ({ value }) => String(value)),
  ],
  timestamp: [
    overload('timestamp_to_timestamp', '(timestamp): timestamp', same),
    overload<[bigint]>('int64_to_timestamp', '(int): timestamp', (seconds) =>
      timestamp(seconds * 1_000_000_000n),
    ),
    overload<[string]>('string_to_timestamp', '(string): timestamp', parseTimestamp),
  ],
  type: [overload<[Value]>('type', '(A): type<A>', (value) => new TypeValue(typeNameOf(value)))],
  uint: [
    overload('uint64_to_uint64', '(uint): uint', same),
    overload<[number]>('double_to_uint64', '(double): uint', toUint),
    overload<[bigint]>('int64_to_uint64', '(int): uint', (value) => uint(value)),
    overload<[string]>('string_to_uint64', '(string): uint', (text) => {
      const value = parseInteger(text, /^\d+$/, 0n, UINT_MAX);
      return value === undefined ? NO_UINT : new Uint(value);
    }),
  ],
});
