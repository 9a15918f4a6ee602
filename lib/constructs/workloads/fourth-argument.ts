import type { Construct } from 'constructs';
import { report } from '../core/problems';

/**
 * The fourth argument of a constructor, by which subclasses of ours say what distinguishes them, where it is one; else `usual`.
 * A program in JavaScript may give anything.
 */
export function orUsual<T extends object>(fourth: T | undefined, usual: T): T {
  return isOurs(fourth, usual) ? fourth : usual;
}

/** Reports a fourth argument that is none of ours. */
export function refuseFourth(construct: Construct, fourth: unknown, usual: object): void {
  if (fourth === undefined || isOurs(fourth, usual)) return;
  report(construct, {
    code: 'INVALID_PROP',
    message: 'expected three arguments, scope, id and props; got a fourth',
    hint: 'Move what it holds to the props.',
  });
}

/** Whether a value has all that the usual one has. */
function isOurs<T extends object>(value: unknown, usual: T): value is T {
  return typeof value === 'object' && value !== null && Object.keys(usual).every((key) => key in value);
}
