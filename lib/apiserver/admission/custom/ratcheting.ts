import { atLeast } from '../../../kube/at-least';
import type { KubernetesRelease } from '../../../kube/schema';
import { isPlainRecord, ownValue } from '../../../manifest/data';
import { child } from '../../../manifest/path';
import type { FieldError, Reason } from '../review';
import { equal } from '../../update/equal';

/** What a schema says about a value. Fields that are required, and items that are there twice, count whatever changes. */
const ABOUT_VALUES: ReadonlySet<Reason> = new Set<Reason>(['invalid', 'not-supported', 'too-long']);

/** Errors of these are about more than the value at their path. */
const COMBINED = /\b(allOf|anyOf|oneOf)\b|must not validate/;

/**
 * The errors of the schema of a custom resource without those about values that do not change: an object that does not fit a narrower
 * schema stays, and can change elsewhere.
 *
 * Source: "Validation ratcheting" of the Kubernetes documentation; the gate CRDValidationRatcheting is on since 1.30.
 */
export function ratcheted(
  errors: readonly FieldError[],
  [was, now]: readonly [unknown, unknown],
  kubernetes: KubernetesRelease,
): readonly FieldError[] {
  if (errors.length === 0 || !atLeast(kubernetes, '1.30')) return errors;
  return errors.filter(({ reason, path, message }) => {
    const isAboutValue = ABOUT_VALUES.has(reason) && !COMBINED.test(message) && !path.startsWith('metadata');
    return !(isAboutValue && isSameAt(was, now, path, ''));
  });
}

/** Whether both sides have the same at a path; items of a list are the same where the whole list is. */
function isSameAt(was: unknown, now: unknown, path: string, here: string): boolean {
  if (here === path || Array.isArray(now)) return equal(was, now);
  if (!isPlainRecord(was) || !isPlainRecord(now)) return false;
  const next = Object.keys(now).find((key) => isOn(child(here, key), path));
  return next !== undefined && isSameAt(ownValue(was, next), ownValue(now, next), path, child(here, next));
}

function isOn(step: string, path: string): boolean {
  return path === step || (path.startsWith(step) && /^[.[]/.test(path.slice(step.length)));
}
