import { nearest } from '../../errors';
import type { Reporter } from './problems';

/** Every key of `T`, named once; the compiler holds the table to the interface. */
export type Keys<T> = Readonly<Record<keyof T, true>>;

/** Whether `value` is an object and not a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * `{ [key]: value }`, or nothing where there is no value, for spreading into an object. An object that is made often begins with
 * a field of its own, since V8 is slow to extend what begins with a spread.
 */
export function optional<K extends string, V>(key: K, value: V | undefined): { [k in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [k in K]?: V });
}

/** `{ [key]: list }`, or nothing where the list is empty. */
export function nonEmpty<K extends string, V>(key: K, list: readonly V[]): { [k in K]?: readonly V[] } {
  return list.length === 0 ? {} : ({ [key]: list } as { [k in K]?: readonly V[] });
}

/** The largest integer of most fields, which are an int32. */
const MOST = 2147483647;

/** Returns an integer in its range; reports anything else. */
export function integer(
  value: number | undefined,
  path: string,
  least: number,
  report: Reporter,
  most: number = MOST,
): number | undefined {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return value;
  const range = most === MOST ? `of at least ${least}` : `from ${least} to ${most}`;
  const message = `Invalid value: ${shown(value)}: must be an integer ${range}`;
  report({ code: 'INVALID_PROP', path, message });
  return undefined;
}

/** Reports a value that is not in `known`, with the nearest of them. */
export function oneOfKnown(
  value: string | undefined,
  known: readonly string[],
  path: string,
  report: Reporter,
): void {
  if (value === undefined || known.includes(value)) return;
  const suggestion = nearest(String(value), known);
  const message = `Unsupported value: ${shown(value)}: supported values: ${known.map(shown).join(', ')}`;
  const hint = suggestion === undefined ? {} : { hint: `Did you mean "${suggestion}"?` };
  report({ code: 'INVALID_PROP', path, message, ...hint });
}

/** A value as a message shows it. */
export function shown(value: unknown): string {
  return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? typeof value);
}

/** More names than this are left out of a message. */
const MOST_NAMED = 30;

/** Names as a message lists what there is: the first of many; `none` where there are none. */
export function firstOf(names: Iterable<string>): string {
  const first: string[] = [];
  for (const name of names) {
    if (first.length === MOST_NAMED) return `${first.join(', ')} and others`;
    first.push(name);
  }
  return first.join(', ') || 'none';
}

/** `{ [key]: map }`, or nothing where the map has no values. */
export function nonEmptyRecord<K extends string, V extends object>(key: K, map: V): { [k in K]?: V } {
  for (const name in map) if (map[name] !== undefined) return { [key]: map } as { [k in K]?: V };
  return {};
}
