import { ArrayList } from '../values/collections';
import type { ListValue } from '../values/collections';
import { CelError } from '../values/value';
import type { Result } from '../values/value';
import { format } from './format';
import { functions, overload } from './overload';
import { charactersOf, characterCount, joined, unitsBefore } from './text';

const outOfRange = (index: bigint): CelError => new CelError(`index out of range: ${index}`);

function charAt(text: string, index: bigint): Result {
  const characters = charactersOf(text);
  if (index < 0n || index > BigInt(characters.length)) return outOfRange(index);
  return characters.slice(Number(index), Number(index) + 1);
}

function substring(text: string, start: bigint, end?: bigint): Result {
  const characters = charactersOf(text);
  const length = BigInt(characters.length);
  const last = end ?? length;
  if (start < 0n || start > length) return outOfRange(start);
  if (last < 0n || last > length) return outOfRange(last);
  if (start > last) return new CelError(`invalid substring range: ${start} to ${last}`);
  return characters.slice(Number(start), Number(last));
}

function indexOf(text: string, part: string, offset = 0n): Result {
  if (part === '') return offset;
  if (offset < 0n) return outOfRange(offset);
  if (offset >= BigInt(characterCount(text))) return -1n;
  return position(text, text.indexOf(part, unitsBefore(text, Number(offset))));
}

function lastIndexOf(text: string, part: string, offset?: bigint): Result {
  const length = characterCount(text);
  if (part === '') return offset ?? BigInt(length);
  if (offset === undefined) return position(text, text.lastIndexOf(part));
  if (offset < 0n) return outOfRange(offset);
  if (offset >= BigInt(length)) return -1n;
  return position(text, text.lastIndexOf(part, unitsBefore(text, Number(offset))));
}

/** The index of a match in characters. */
function position(text: string, units: number): bigint {
  return units < 0 ? -1n : BigInt(characterCount(text.slice(0, units)));
}

/**
 * Replaces as Go does: the first `limit` matches, or all where `limit` is negative; an empty part matches between all
 * characters.
 */
function replace(text: string, part: string, by: string, limit = -1n): Result {
  if (limit === 0n) return text;
  const pieces = part === '' ? ['', ...Array.from(text), ''] : text.split(part);
  const most = limit < 0n ? pieces.length : Number(limit) + 1;
  if (pieces.length <= most) return joined(pieces, by);
  const kept = pieces.slice(most - 1).join(part);
  return joined([...pieces.slice(0, most - 1), kept], by);
}

function split(text: string, separator: string, limit = -1n): Result {
  if (limit === 0n) return new ArrayList([]);
  const pieces = separator === '' ? Array.from(text) : text.split(separator);
  const most = limit < 0n ? pieces.length : Number(limit);
  if (pieces.length <= most) return new ArrayList(pieces);
  return new ArrayList([...pieces.slice(0, most - 1), pieces.slice(most - 1).join(separator)]);
}

function join(list: ListValue, separator = ''): Result {
  const parts: string[] = [];
  for (const item of list) {
    if (typeof item !== 'string') return new CelError('only strings can be joined');
    parts.push(item);
  }
  return joined(parts, separator);
}

const QUOTED: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
};

function quote(text: string): Result {
  return joined(['"', ...Array.from(text, (sign) => QUOTED[sign] ?? sign), '"']);
}

/** Go's white space, which differs from JavaScript's. */
function trim(text: string): string {
  // The end is looked for from the end: an expression that looks for it from the start reads each long gap many times.
  let end = text.length;
  while (end > 0 && WHITE_SPACE.test(text.charAt(end - 1))) end--;
  return text.slice(0, end).replace(/^[\t\n\v\f\r \u0085\p{Z}]+/u, '');
}

const WHITE_SPACE = /^[\t\n\v\f\r \u0085\p{Z}]$/u;

const lower = (text: string): string => text.replace(/[A-Z]+/g, (part) => part.toLowerCase());
const upper = (text: string): string => text.replace(/[a-z]+/g, (part) => part.toUpperCase());

/** The standard string methods. */
export const STRING_TESTS = functions({
  contains: [
    overload<[string, string]>('contains_string', 'string.(string): bool', (text, part) =>
      text.includes(part),
    ),
  ],
  startsWith: [
    overload<[string, string]>('starts_with_string', 'string.(string): bool', (text, part) =>
      text.startsWith(part),
    ),
  ],
  endsWith: [
    overload<[string, string]>('ends_with_string', 'string.(string): bool', (text, part) =>
      text.endsWith(part),
    ),
  ],
});

/** Version 1 of the strings extension. */
export const STRINGS = functions({
  charAt: [overload<[string, bigint]>('string_char_at_int', 'string.(int): string', charAt)],
  indexOf: [
    overload<[string, string]>('string_index_of_string', 'string.(string): int', indexOf),
    overload<[string, string, bigint]>('string_index_of_string_int', 'string.(string, int): int', indexOf),
  ],
  lastIndexOf: [
    overload<[string, string]>('string_last_index_of_string', 'string.(string): int', lastIndexOf),
    overload<[string, string, bigint]>(
      'string_last_index_of_string_int',
      'string.(string, int): int',
      lastIndexOf,
    ),
  ],
  lowerAscii: [overload<[string]>('string_lower_ascii', 'string.(): string', lower)],
  upperAscii: [overload<[string]>('string_upper_ascii', 'string.(): string', upper)],
  trim: [overload<[string]>('string_trim', 'string.(): string', trim)],
  replace: [
    overload<[string, string, string]>(
      'string_replace_string_string',
      'string.(string, string): string',
      replace,
    ),
    overload<[string, string, string, bigint]>(
      'string_replace_string_string_int',
      'string.(string, string, int): string',
      replace,
    ),
  ],
  split: [
    overload<[string, string]>('string_split_string', 'string.(string): list<string>', split),
    overload<[string, string, bigint]>(
      'string_split_string_int',
      'string.(string, int): list<string>',
      split,
    ),
  ],
  substring: [
    overload<[string, bigint]>('string_substring_int', 'string.(int): string', substring),
    overload<[string, bigint, bigint]>('string_substring_int_int', 'string.(int, int): string', substring),
  ],
  join: [
    overload<[ListValue]>('list_join', 'list<string>.(): string', join),
    overload<[ListValue, string]>('list_join_string', 'list<string>.(string): string', join),
  ],
});

/** The additions of version 2 of the strings extension; since 1.30. */
export const STRING_FORMATS = functions({
  format: [overload<[string, ListValue]>('string_format', 'string.(list<dyn>): string', format)],
  'strings.quote': [overload<[string]>('strings_quote', '(string): string', quote)],
});
