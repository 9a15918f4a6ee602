import { isDeepStrictEqual } from 'node:util';
import { SeaworthyError, type ErrorCode } from '../../lib/errors';
import { isPlainRecord } from '../../lib/manifest/data';
import type { Finding } from '../../lib/check/finding';
import { Broken } from './target';

/** The result of `make`, or the code of the error it ended with, which must be one of `codes`. */
export function coded<T>(
  make: () => T,
  codes: readonly ErrorCode[],
): { readonly value: T } | { readonly code: ErrorCode } {
  try {
    return { value: make() };
  } catch (error) {
    if (!(error instanceof SeaworthyError)) throw error;
    const unexpected = error.problems.find(({ code }) => !codes.includes(code));
    if (unexpected !== undefined) throw new Broken(`the error is one of ${codes.join(', ')}`, error.message);
    if (error.problems.some(({ message }) => message === ''))
      throw new Broken('an error has a message', error.message);
    return { code: error.code };
  }
}

/** A message quotes names of the input, which reports cut; a longer one repeats them, or lists too much. */
const LONGEST_MESSAGE = 200_000;

/** The findings have the form that reports rely on, and none tells of a crash that was caught. */
export function sound(findings: readonly Finding[]): void {
  for (const finding of findings) {
    const { rule, path, message, hint = '' } = finding;
    if (typeof path !== 'string' || typeof message !== 'string' || message === '' || typeof hint !== 'string')
      throw new Broken('a finding has a path and a message', JSON.stringify(finding));
    if (message.length + hint.length > LONGEST_MESSAGE)
      throw new Broken(
        'a message has a bound',
        `${message.length + hint.length} characters of ${rule}: ${message}`,
      );
    if (message.includes('cannot be read')) throw new Broken('plain data can be read', message);
  }
}

/** Freezes plain data all the way down: code that writes to it throws. */
export function frozen<T>(value: T): T {
  if ((Array.isArray(value) || isPlainRecord(value)) && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const key of Object.keys(value)) frozen((value as Record<string, unknown>)[key]);
  }
  return value;
}

export function same(rule: string, one: unknown, other: unknown): void {
  if (isDeepStrictEqual(one, other)) return;
  throw new Broken(rule, `${shown(one)} and ${shown(other)}`);
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 900);
}

const BUILTINS = [Object.prototype, Array.prototype, String.prototype, Function.prototype];
const OWN = BUILTINS.map((builtin) => Object.getOwnPropertyDescriptors(builtin));
const KEYS = BUILTINS.map((builtin) => Reflect.ownKeys(builtin).length);

/** No input reaches what all objects share. */
export function unpolluted(thorough: boolean): void {
  for (const [index, builtin] of BUILTINS.entries()) {
    if (Reflect.ownKeys(builtin).length !== KEYS[index])
      throw new Broken('prototypes stay as they are', String(Reflect.ownKeys(builtin).at(-1)));
    if (thorough) same('prototypes stay as they are', Object.getOwnPropertyDescriptors(builtin), OWN[index]);
  }
}
