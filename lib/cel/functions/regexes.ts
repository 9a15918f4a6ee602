import { RE2JS } from 're2js';
import { ArrayList } from '../values/collections';
import { CelError } from '../values/value';
import type { Result } from '../values/value';
import { functions, overload } from './overload';

/** How many patterns are kept; expressions have few, but values can be patterns too. */
const MOST_KEPT = 200;
const kept = new Map<string, RE2JS | CelError>();

/** A regular expression as RE2 reads it: no backtracking, and time linear in the text. */
export function pattern(source: string): RE2JS | CelError {
  const known = kept.get(source);
  if (known !== undefined) return known;
  let compiled: RE2JS | CelError;
  try {
    compiled = RE2JS.compile(source);
  } catch (error) {
    compiled = new CelError(
      `it is not a regular expression: ${error instanceof Error ? error.message : source}`,
    );
  }
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(source, compiled);
  return compiled;
}

function matches(text: string, source: string): Result {
  const regex = pattern(source);
  return regex instanceof CelError ? regex : regex.matcher(text).find();
}

function find(text: string, source: string): Result {
  const regex = pattern(source);
  if (regex instanceof CelError) return regex;
  const matcher = regex.matcher(text);
  return matcher.find() ? (matcher.group() ?? '') : '';
}

function findAll(text: string, source: string, limit = -1n): Result {
  const regex = pattern(source);
  if (regex instanceof CelError) return regex;
  const [found, matcher]: [string[], ReturnType<RE2JS['matcher']>] = [[], regex.matcher(text)];
  let end = -1;
  while ((limit < 0n || BigInt(found.length) < limit) && matcher.find()) {
    // Go finds nothing empty right behind a match.
    if (matcher.start() !== matcher.end() || matcher.start() !== end) found.push(matcher.group() ?? '');
    end = matcher.end();
  }
  return new ArrayList(found);
}

export const MATCHES = functions({
  matches: [
    overload<[string, string]>('matches', '(string, string): bool', matches),
    overload<[string, string]>('matches_string', 'string.(string): bool', matches),
  ],
});

export const REGEXES = functions({
  find: [overload<[string, string]>('string_find_string', 'string.(string): string', find)],
  findAll: [
    overload<[string, string]>('string_find_all_string', 'string.(string): list<string>', findAll),
    overload<[string, string, bigint]>(
      'string_find_all_string_int',
      'string.(string, int): list<string>',
      findAll,
    ),
  ],
});
