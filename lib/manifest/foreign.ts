import { types } from 'node:util';
import { SeaworthyError, type Problem } from '../errors';
import { describeThrown, describeValue } from './data';

/** How to fix a value that cannot be read. */
export const READABLE = 'Replace getters and proxies with plain values.';

/** What a value is, also one that throws when it is asked. */
export function describeSafely(value: unknown): string {
  try {
    return describeValue(value);
  } catch {
    return 'a value that cannot be read';
  }
}

/**
 * Reads something of the user's, which may run code of theirs.
 *
 * @throws SeaworthyError RENDER_FAILED if that throws
 */
export function readAt<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof SeaworthyError) throw error;
    throw new SeaworthyError({
      code: 'RENDER_FAILED',
      place,
      message: `cannot be read: ${describeThrown(error)}`,
      hint: READABLE,
    });
  }
}

/**
 * The options among `keys`, each read once.
 *
 * @throws SeaworthyError RENDER_FAILED for one that cannot be read
 */
export function readOptions<T extends object>(options: T, keys: readonly (keyof T & string)[]): T {
  const read: Partial<T> = {};
  for (const key of keys) {
    const value = readAt(`options.${key}`, () => options[key]);
    if (value !== undefined) read[key] = value;
  }
  return read as T;
}

/**
 * The elements of a list of the user's, each with its place in it; `name` is that of the list.
 *
 * @throws SeaworthyError NOT_AN_OBJECT for anything but a list; RENDER_FAILED for a list with holes
 */
export function listItems(
  list: unknown,
  name: string,
): { readonly value: unknown; readonly place: string }[] {
  return readAt(name, () => {
    if (!Array.isArray(list)) throw notAList(list, name);
    const { length } = list;
    const items = [];
    for (let index = 0; index < length; index++) {
      const place = `${name}[${index}]`;
      const value: unknown = readAt(place, () => list[index] as unknown);
      // One hole stands for all: a list may have billions.
      if (value === undefined && !(index in list)) throw hole(place, length);
      items.push({ value, place });
    }
    return items;
  });
}

function notAList(value: unknown, place: string): SeaworthyError {
  const isIterable = types.isSet(value) || types.isGeneratorObject(value);
  const problem: Problem = {
    code: 'NOT_AN_OBJECT',
    place,
    message: `expected a list of objects, got ${describeSafely(value)}`,
  };
  return new SeaworthyError(isIterable ? { ...problem, hint: 'Spread it: [...values].' } : problem);
}

function hole(place: string, length: number): SeaworthyError {
  return new SeaworthyError({
    code: 'RENDER_FAILED',
    place,
    message: `the list is ${length} long, and has no item here`,
    hint: 'Leave no holes in a list.',
  });
}
