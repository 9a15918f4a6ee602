import { nearest, oneOf } from '../../errors';

/** Takes a problem with the value at `keys`, with a hint if there is one. */
export type Report = (keys: readonly string[], message: string, hint?: string) => void;

/** A mapping of a configuration file: its values, and the keys that lead to it. */
export interface Section {
  readonly values: Readonly<Record<string, unknown>>;
  readonly keys: readonly string[];
}

/** The mapping at `keys`, if there is one; its unknown keys are reported. */
export function readSectionAt(
  value: unknown,
  keys: readonly string[],
  known: readonly string[],
  report: Report,
): Section | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isRecord(value)) {
    report(keys, `expected a mapping with ${oneOf(known)}, not ${show(value)}`);
    return undefined;
  }
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    const near = nearest(key, known);
    const hint =
      near === undefined ? `The keys are ${oneOf(known).replace(/ or /, ' and ')}.` : `Did you mean ${near}?`;
    report([...keys, key], `unknown key "${key}"`, hint);
  }
  return { values: value, keys };
}

/** The value of a key that takes one of `words`; nothing if it is missing or reported. */
export function readWord<T extends string>(
  { values, keys }: Section,
  key: string,
  words: readonly T[],
  report: Report,
): T | undefined {
  const value = values[key];
  if (value === undefined || words.includes(value as T)) return value as T | undefined;
  const near = typeof value === 'string' ? nearest(value, words) : undefined;
  report([...keys, key], `expected ${oneOf(words)}, not ${show(value)}`, near && `Did you mean ${near}?`);
  return undefined;
}

/** The value of a key that takes a path or a list of paths. */
export function readPathsAt({ values, keys }: Section, key: string, report: Report): readonly string[] {
  const value = values[key];
  if (value === undefined) return [];
  const paths: unknown[] = Array.isArray(value) ? value : [value];
  if (paths.every(isText)) return paths;
  report(
    [...keys, key],
    `expected a path or a list of paths, not ${show(paths.find((path) => !isText(path)))}`,
  );
  return [];
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether `value` is a text that is not blank; no file or command has a name with a NUL in it. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && !value.includes('\0');
}

/** `value` as a message names it. */
export function show(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return isRecord(value) ? 'a mapping' : JSON.stringify(value);
}
