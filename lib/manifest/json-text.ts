import { JsonReader } from './yaml/json-reader';
import { LineNumbers } from './yaml/lines';

/** Text in which some number may have more digits than a JavaScript number holds, or in which digits stand in a string. */
const MANY_DIGITS = /\d{16}/;

/**
 * `value` as JSON, with all digits of its integers: `JSON.stringify` rounds those beyond 2^53 and refuses bigints.
 * `undefined` is null.
 */
export function jsonText(value: unknown, indent = 0): string {
  try {
    const text = JSON.stringify(value, undefined, indent) ?? 'null';
    if (!MANY_DIGITS.test(text)) return text;
  } catch (error) {
    if (!holdsBigint(value)) throw error;
  }
  return written(value, ' '.repeat(indent), '') ?? 'null';
}

/**
 * At least as many characters as `value` takes as JSON without indentation, found without writing it; no more are counted
 * than `enough`, and infinity where an object says itself what it is as JSON.
 */
export function jsonBound(value: unknown, enough: number): number {
  const waiting = [value];
  let size = 0;
  while (waiting.length > 0 && size < enough) {
    const next = waiting.pop();
    // With quotes and a comma; a character may be escaped: \u001f.
    if (typeof next === 'string') size += 6 * next.length + 3;
    else if (typeof next === 'bigint') size += String(next).length + 1;
    else if (typeof next !== 'object' || next === null) size += LONGEST_NUMBER + 1;
    else if ('toJSON' in next) return Number.POSITIVE_INFINITY;
    else {
      size += 3;
      if (Array.isArray(next)) for (const item of next) waiting.push(item);
      else
        for (const key in next) {
          size += 6 * key.length + 3;
          waiting.push((next as Readonly<Record<string, unknown>>)[key]);
        }
    }
  }
  return size;
}

/** More than `-1.2345678901234567e-308` has. */
const LONGEST_NUMBER = 30;

function holdsBigint(value: unknown): boolean {
  if (typeof value === 'bigint') return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsBigint);
}

function written(value: unknown, indent: string, lead: string): string | undefined {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 1e21)
    return String(BigInt(value));
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if ('toJSON' in value) return JSON.stringify(value);
  const deeper = lead + indent;
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((item: unknown) => written(item, indent, deeper) ?? 'null')
    : Object.entries(value).flatMap(([key, entry]) => {
        const text = written(entry, indent, deeper);
        return text === undefined ? [] : [`${JSON.stringify(key)}:${indent === '' ? '' : ' '}${text}`];
      });
  const [open, close] = isList ? '[]' : '{}';
  if (parts.length === 0) return `${open}${close}`;
  const [first, between, last] = indent === '' ? ['', ',', ''] : [`\n${deeper}`, `,\n${deeper}`, `\n${lead}`];
  return `${open}${first}${parts.join(between)}${last}${close}`;
}

/**
 * The value of a JSON text that `jsonText` wrote, with its integers as they are.
 *
 * @throws Error for a text that is no JSON
 */
export function readJsonText(text: string): unknown {
  if (!MANY_DIGITS.test(text)) return JSON.parse(text) as unknown;
  const chunk = { text, line: 1 };
  return new JsonReader(chunk, new LineNumbers(chunk), 0).next();
}
