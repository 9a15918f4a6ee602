import { isUtf8 } from 'node:buffer';
import { ListValue, MapValue } from '../values/collections';
import { compareStrings, typeNameOf } from '../values/equality';
import { Duration, Timestamp, formatDuration, formatTimestamp } from '../values/time';
import { CelError, TypeValue, Uint } from '../values/value';
import type { Result, Value } from '../values/value';
import { formatDouble } from './double';
import { joined } from './text';

/** A clause of a format: `%.2f`; the verb selects the type of the argument and the output. */
export const CLAUSE = /%(?:%|(?:\.(\d+))?([a-zA-Z]?))/g;

const MOST_DIGITS = 100;
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `'%s is %d'.format([a, b])` */
export function format(text: string, args: ListValue): Result {
  const parts: string[] = [];
  let [used, end] = [0, 0];
  for (const clause of text.matchAll(CLAUSE)) {
    parts.push(text.slice(end, clause.index));
    end = clause.index + clause[0].length;
    if (clause[0] === '%%') {
      parts.push('%');
      continue;
    }
    if (used >= args.size) return new CelError(`index ${used} out of range`);
    const shown = shownAs(clause[2] ?? '', clause[1], args.at(used));
    if (shown instanceof CelError) return shown;
    parts.push(shown);
    used += 1;
  }
  return joined([...parts, text.slice(end)]);
}

function shownAs(verb: string, digits: string | undefined, value: Value): string | CelError {
  const precision = Math.min(Number(digits ?? 6), MOST_DIGITS);
  switch (verb) {
    case 's':
      return formatValue(value);
    case 'd':
      return integer(value)?.toString() ?? wrong(verb, value);
    case 'f':
    case 'e':
      return double(verb, precision, value);
    case 'b':
      return typeof value === 'boolean'
        ? String(Number(value))
        : (integer(value)?.toString(2) ?? wrong(verb, value));
    case 'o':
      return integer(value)?.toString(8) ?? wrong(verb, value);
    case 'x':
      return hex(value) ?? wrong(verb, value);
    case 'X':
      return hex(value)?.toUpperCase() ?? wrong(verb, value);
    default:
      return new CelError(`unrecognized formatting clause: %${verb}`);
  }
}

function wrong(verb: string, value: Value): CelError {
  return new CelError(`%${verb} does not take a value of type ${typeNameOf(value)}`);
}

function integer(value: Value): bigint | undefined {
  if (value instanceof Uint) return value.value;
  return typeof value === 'bigint' ? value : undefined;
}

function double(verb: 'f' | 'e', precision: number, value: Value): string | CelError {
  const special = { NaN, Infinity, '-Infinity': -Infinity };
  const isSpecial = typeof value === 'string' && Object.hasOwn(special, value);
  const number = isSpecial ? special[value as keyof typeof special] : value;
  if (typeof number !== 'number') return wrong(verb, value);
  // The server formats for a locale: 1,234.5 and 1.5×10⁰³; it reads the three in %.3e as a width.
  const width = verb === 'e' ? precision : 0;
  if (Number.isNaN(number)) return 'NaN'.padStart(width);
  if (!Number.isFinite(number)) return (number > 0 ? '∞' : '-∞').padStart(width);
  if (verb === 'f') return grouped(number, precision);
  const [digits = '', exponent = '+0'] = number.toExponential(6).split('e');
  const power = exponent
    .slice(1)
    .padStart(2, '0')
    .replace(/\d/g, (digit) => RAISED[Number(digit)] ?? '');
  return `${digits}×10${exponent.startsWith('-') ? '⁻' : ''}${power}`.padStart(precision);
}

function grouped(number: number, precision: number): string {
  const text =
    Math.abs(number) < 1e21
      ? number.toFixed(precision)
      : `${BigInt(number)}${precision > 0 ? '.' : ''}${'0'.repeat(precision)}`;
  const [whole = '', fraction] = text.split('.');
  const groups = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === undefined ? groups : `${groups}.${fraction}`;
}

function hex(value: Value): string | undefined {
  if (typeof value === 'string') return Buffer.from(value, 'utf8').toString('hex');
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return integer(value)?.toString(16);
}

/** Formats a value for `%s`. */
function formatValue(value: Value): string | CelError {
  if (value === null) return 'null';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return formatDouble(value);
  if (value instanceof Uint) return String(value.value);
  if (value instanceof Uint8Array) return bytesAsText(value);
  if (value instanceof Timestamp) return formatTimestamp(value);
  if (value instanceof Duration) return formatDuration(value);
  if (value instanceof TypeValue) return value.name;
  if (value instanceof ListValue) return formatList(value);
  if (value instanceof MapValue && value.typeName === 'map') return formatMap(value);
  return wrong('s', value);
}

function bytesAsText(bytes: Uint8Array): string | CelError {
  return isUtf8(bytes)
    ? Buffer.from(bytes).toString('utf8')
    : new CelError('invalid UTF-8 in bytes, cannot convert to string');
}

/** Formats a value inside a list or a map: as a literal. */
function formatElement(value: Value): string | CelError {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Uint8Array) return `b${JSON.stringify(Buffer.from(value).toString('utf8'))}`;
  if (typeof value === 'number') return value.toFixed(6);
  if (value instanceof Timestamp) return `timestamp("${formatTimestamp(value)}")`;
  if (value instanceof Duration) return `duration("${formatDuration(value)}")`;
  return formatValue(value);
}

function formatList(list: ListValue): string | CelError {
  const parts: string[] = [];
  for (const item of list) {
    const shown = formatElement(item);
    if (shown instanceof CelError) return shown;
    parts.push(shown);
  }
  const inner = joined(parts, ', ');
  return inner instanceof CelError ? inner : `[${inner}]`;
}

function formatMap(map: MapValue): string | CelError {
  const parts: [string, string][] = [];
  for (const key of map.keys()) {
    const [name, value] = [formatElement(key), map.get(key)];
    if (name instanceof CelError || value === undefined || value instanceof CelError)
      return new CelError('an entry of a map cannot be shown');
    const shown = formatElement(value);
    if (shown instanceof CelError) return shown;
    parts.push([name, shown]);
  }
  parts.sort(([one], [other]) => compareStrings(one, other));
  const inner = joined(
    parts.map(([key, value]) => `${key}:${value}`),
    ', ',
  );
  return inner instanceof CelError ? inner : `{${inner}}`;
}
