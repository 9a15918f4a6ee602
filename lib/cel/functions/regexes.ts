import { Pattern } from '../../kube/pattern';
import { ArrayList } from '../values/collections';
import { CelError } from '../values/value';
import type { Result } from '../values/value';
import { functions, overload } from './overload';

/** Number of patterns to cache; expressions contain few, but values can be patterns too. */
const MOST_KEPT = 1000;
const kept = new Map<string, Pattern>();

/** A compiled regular expression, cached by its text. */
export function pattern(source: string): Pattern | CelError {
  let known = kept.get(source);
  if (known === undefined) {
    if (kept.size >= MOST_KEPT) kept.clear();
    known = new Pattern(source);
    kept.set(source, known);
  }
  return known.problem === undefined
    ? known
    : new CelError(`it is not a regular expression: ${known.problem}`);
}

function matches(text: string, source: string): Result {
  const regex = pattern(source);
  return regex instanceof CelError ? regex : regex.test(text);
}

function find(text: string, source: string): Result {
  const regex = pattern(source);
  return regex instanceof CelError ? regex : regex.find(text);
}

function findAll(text: string, source: string, limit = -1n): Result {
  const regex = pattern(source);
  return regex instanceof CelError ? regex : new ArrayList(regex.findAll(text, limit));
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
