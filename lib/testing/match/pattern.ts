import { SeaworthyError } from '../../errors';
import { describeValue, isPlainRecord } from '../../manifest/data';
import { pathOf } from '../../manifest/path';
import { Matcher } from './matcher';

/** A value to compare with: plain data, with matchers anywhere. */
export type Pattern = unknown;

/**
 * Refuses an invalid pattern before anything is compared.
 *
 * @throws SeaworthyError INVALID_MATCHER for a pattern that contains itself, a regular expression or a function where a
 * value is meant, `undefined`, or an instance of a class
 */
export function checkPattern(pattern: Pattern): void {
  visit(pattern, [], []);
}

function visit(pattern: unknown, steps: readonly (string | number)[], above: readonly unknown[]): void {
  const refuse = (message: string, hint: string): never => {
    const path = pathOf(steps);
    throw new SeaworthyError({ code: 'INVALID_MATCHER', message, hint, ...(path !== '' && { path }) });
  };
  if (pattern === undefined)
    refuse('the pattern is undefined here', 'Write match.absent() where nothing may be.');
  if (pattern instanceof RegExp)
    refuse(
      `${String(pattern)} is a regular expression, which no manifest holds`,
      `Write match.pattern(${String(pattern)}).`,
    );
  if (typeof pattern === 'function') {
    const name = pattern.name === '' ? 'a function' : pattern.name;
    refuse(`${name} is a function, which no manifest holds`, 'Call it, as in match.any().');
  }
  if (typeof pattern !== 'object' || pattern === null) return;
  if (above.includes(pattern)) refuse('the pattern contains itself', 'Build it without the circle.');
  const inside = [...above, pattern];
  if (pattern instanceof Matcher) for (const part of pattern.parts) visit(part, steps, inside);
  else if (Array.isArray(pattern)) pattern.forEach((item, index) => visit(item, [...steps, index], inside));
  else if (isPlainRecord(pattern))
    for (const [key, value] of Object.entries(pattern)) visit(value, [...steps, key], inside);
  else
    refuse(
      `${describeValue(pattern)} is no plain value`,
      'Use plain data, and matchers such as match.any().',
    );
}
