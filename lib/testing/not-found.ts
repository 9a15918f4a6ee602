import { nearest, SeaworthyError } from '../errors';

/** The error for a `word` that none of `names` is; `kind` is what they are, such as `workload`. */
export function notFound(kind: string, word: string, names: readonly string[]): SeaworthyError {
  const near = nearest(word, names);
  const known =
    names.length === 0 ? `The set has no ${kind}s.` : `Expected one of ${[...new Set(names)].join(', ')}.`;
  return new SeaworthyError({
    code: 'NOT_FOUND',
    message: `${kind} "${word}" not found`,
    hint: near === undefined ? known : `Did you mean ${near}?`,
  });
}
