import { CelError } from '../values/value';
import { work } from '../values/work';

/** No request can contain a longer string; without a limit, replacement could fill the memory. */
const LONGEST_TEXT = 16 * 1024 * 1024;

/** Number of characters that take as long to process as one comparison of values. */
const CHARACTERS_A_STEP = 50;

const TOO_LONG = new CelError(`a string would be longer than ${LONGEST_TEXT} characters`);

/** Joins `parts` with `separator`, unless the result exceeds the limit. */
export function joined(parts: readonly string[], separator = ''): string | CelError {
  let length = Math.max(0, parts.length - 1) * separator.length;
  for (const part of parts) length += part.length;
  work(length / CHARACTERS_A_STEP);
  return length > LONGEST_TEXT ? TOO_LONG : parts.join(separator);
}

/** Whether each UTF-16 unit is a character, which makes most position arithmetic cheap. */
function isSimple(text: string): boolean {
  return !/[\ud800-\udfff]/.test(text);
}

/** Number of characters (code points). */
export function characterCount(text: string): number {
  work(text.length / CHARACTERS_A_STEP);
  if (isSimple(text)) return text.length;
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** A string that can be sliced by characters. */
export interface Characters {
  readonly length: number;
  slice(from: number, to?: number): string;
}

export function charactersOf(text: string): Characters {
  if (isSimple(text)) return text;
  const all = Array.from(text);
  return { length: all.length, slice: (from, to) => all.slice(from, to).join('') };
}

/** The UTF-16 offset of the `index`th character. */
export function unitsBefore(text: string, index: number): number {
  return isSimple(text) ? index : charactersOf(text).slice(0, index).length;
}
