import { isPlainRecord } from '../../manifest/data';
import type { Look } from './look';
import { Matcher } from './matcher';
import type { Pattern } from './pattern';
import { show } from './show';

/**
 * Compares in part: a record needs the fields of the pattern and may have others, a list has as many items as the
 * pattern, each compared in part.
 */
export function compareLike(pattern: Pattern, actual: unknown, look: Look): void {
  compare(pattern, actual, look, false);
}

/** Compares in full: the value may have nothing that the pattern does not have. Matchers inside use their own rules. */
export function compareExactly(pattern: Pattern, actual: unknown, look: Look): void {
  compare(pattern, actual, look, true);
}

function compare(pattern: Pattern, actual: unknown, look: Look, exact: boolean): void {
  if (pattern instanceof Matcher) pattern.compare(actual, look);
  else if (Array.isArray(pattern)) compareList(pattern, actual, look, exact);
  else if (isPlainRecord(pattern)) compareRecord(pattern, actual, look, exact);
  else {
    look.saw();
    if (!Object.is(pattern, actual)) look.miss(show(pattern));
  }
}

function compareRecord(pattern: Record<string, unknown>, actual: unknown, look: Look, exact: boolean): void {
  if (!isPlainRecord(actual)) {
    look.saw(false);
    return look.miss(show(pattern));
  }
  if (exact || Object.keys(pattern).length === 0) look.saw(exact);
  for (const [key, value] of Object.entries(pattern)) {
    look.below(key, () => compare(value, own(actual, key), look, exact));
  }
  if (!exact) return;
  for (const key of Object.keys(actual)) {
    if (!Object.hasOwn(pattern, key)) look.below(key, () => look.miss('nothing'));
  }
}

function compareList(pattern: readonly unknown[], actual: unknown, look: Look, exact: boolean): void {
  if (!Array.isArray(actual)) {
    look.saw(false);
    return look.miss(show(pattern));
  }
  look.saw(exact);
  if (actual.length !== pattern.length) missCount(pattern.length, actual.length, look);
  pattern.forEach((each, index) => {
    if (index < actual.length) look.below(index, () => compare(each, actual[index], look, exact));
  });
}

/** A list has a different number of items. */
export function missCount(expected: number, actual: number, look: Look): void {
  const items = expected === 1 ? '1 item' : `${expected} items`;
  look.miss(`${items}, and there ${actual === 1 ? 'is 1' : `are ${actual}`}`);
}

/** Users may choose any key, such as `constructor`. */
export function own(record: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
