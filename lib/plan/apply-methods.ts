import { APPLY_METHODS, type ApplyMethod } from '../apiserver/apply/method';
import { nearest, oneOf, SeaworthyError } from '../errors';
import { describeValue } from '../manifest/data';

export { APPLY_METHODS, type ApplyMethod } from '../apiserver/apply/method';

/** How objects are applied where nothing else is said. */
export const DEFAULT_METHOD: ApplyMethod = 'server-side';

/** Each method in the words of a report. */
export const METHOD_WORDS: Readonly<Record<ApplyMethod, string>> = {
  'server-side': 'server-side apply',
  'client-side': 'client-side apply',
  helm: 'helm upgrade',
};

/**
 * The method of a caller who may have no types.
 *
 * @throws SeaworthyError INVALID_PROP
 */
export function applyMethod(value: unknown = DEFAULT_METHOD): ApplyMethod {
  const method = APPLY_METHODS.find((each) => each === value);
  if (method !== undefined) return method;
  const near = typeof value === 'string' ? nearest(value, APPLY_METHODS) : undefined;
  throw new SeaworthyError({
    code: 'INVALID_PROP',
    path: 'options.apply',
    message: `expected ${oneOf(APPLY_METHODS)}, not ${describeValue(value)}`,
    ...(near !== undefined && { hint: `Did you mean ${near}?` }),
  });
}
