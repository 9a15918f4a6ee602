import { nearest, oneOf } from '../../errors';
import type { Reporter } from './problems';

/** Every key of `T`, named once; the compiler holds the table to the interface. */
export type Keys<T> = Readonly<Record<keyof T, true>>;

/** Whether `value` is an object that holds props: no list, no class instance with a life of its own. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Tells of each key of `props` that is none of `keys`, with the nearest known one.
 *
 * The compiler does this for TypeScript; programs in JavaScript, and spread objects, get it here.
 */
export function checkKeys<T>(
  props: unknown,
  keys: Keys<T> | Readonly<Record<string, true>>,
  report: Reporter,
): void {
  if (!isRecord(props)) return;
  for (const key in props) {
    if (Object.hasOwn(keys, key) || props[key] === undefined) continue;
    const known = Object.keys(keys);
    const suggestion = nearest(key, known);
    report({
      code: 'UNKNOWN_PROP',
      path: key,
      message: `there is no prop "${key}"`,
      hint: suggestion === undefined ? `Known are ${oneOf(known.sort())}.` : `Did you mean "${suggestion}"?`,
    });
  }
}

/**
 * `{ [key]: value }`, or nothing at all where there is no value: for spreading into an object. An object of which there
 * are many begins with a field of its own: V8 is slow to extend what begins with a spread.
 */
export function optional<K extends string, V>(key: K, value: V | undefined): { [k in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [k in K]?: V });
}

/** `list` under `key`, or nothing where it is empty. */
export function nonEmpty<K extends string, V>(key: K, list: readonly V[]): { [k in K]?: readonly V[] } {
  return list.length === 0 ? {} : ({ [key]: list } as { [k in K]?: readonly V[] });
}

/** The largest whole number of most fields: they are an int32. */
const MOST = 2147483647;

/** Keeps a value in its range of whole numbers; tells otherwise. */
export function wholeNumber(
  value: number | undefined,
  path: string,
  least: number,
  report: Reporter,
  most: number = MOST,
): number | undefined {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return value;
  const range = most === MOST ? `of at least ${least}` : `from ${least} to ${most}`;
  const message = `${shown(value)} is not a whole number ${range}`;
  report({ code: 'INVALID_PROP', path, message });
  return undefined;
}

/** Tells of a value that is none of `known`, with the nearest of them. */
export function oneOfKnown(
  value: string | undefined,
  known: readonly string[],
  path: string,
  report: Reporter,
): void {
  if (value === undefined || known.includes(value)) return;
  const suggestion = nearest(String(value), known);
  const message = `${shown(value)} is none of ${oneOf(known)}`;
  const hint = suggestion === undefined ? {} : { hint: `Did you mean "${suggestion}"?` };
  report({ code: 'INVALID_PROP', path, message, ...hint });
}

/** A value as a message shows it. */
export function shown(value: unknown): string {
  return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? typeof value);
}

/** `map` under `key`, or nothing where it holds nothing. */
export function nonEmptyRecord<K extends string, V extends object>(key: K, map: V): { [k in K]?: V } {
  for (const name in map) if (map[name] !== undefined) return { [key]: map } as { [k in K]?: V };
  return {};
}
