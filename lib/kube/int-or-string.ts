import { portName } from './names';
import { portProblem } from './ports';

/** `intstr.IntOrString`: a whole number, or text such as a percentage or the name of a port. */
export type IntOrString = number | string;

/** A whole number, or a share in percent. */
export interface IntOrPercent {
  readonly value: number;
  readonly percent: boolean;
}

const MAX_INT32 = 2 ** 31 - 1;

/**
 * The number or percentage that `value` is: `3`, `'25%'`. Text without a percent sign is none, even `'3'`.
 *
 * This is what `maxSurge`, `maxUnavailable` and `minAvailable` hold.
 *
 * @source k8s.io/apimachinery pkg/util/validation/validation.go IsValidPercent 1.36
 */
export function parseIntOrPercent(value: IntOrString): IntOrPercent | undefined {
  if (typeof value === 'number') return isCount(value) ? { value, percent: false } : undefined;
  if (!/^\d+%$/.test(value)) return undefined;
  return { value: Number(value.slice(0, -1)), percent: true };
}

/**
 * What is wrong with a number or percentage; nothing when it is neither negative nor anything else.
 *
 * @source k8s.io/kubernetes pkg/apis/apps/validation/validation.go ValidatePositiveIntOrPercent 1.36
 */
export function intOrPercentProblem(value: IntOrString): string | undefined {
  if (parseIntOrPercent(value) !== undefined) return undefined;
  if (typeof value === 'string' && /^\d+$/.test(value))
    return `must be the number ${value} or the percentage "${value}%", not text`;
  return 'must be a whole number of at least 0, or a percentage such as "25%"';
}

/**
 * How many of `total` a number or percentage means; a percentage is rounded to a whole one, up or down.
 * Nothing when `value` is neither.
 *
 * A Deployment rounds `maxSurge` up and
 * `maxUnavailable` down; a PodDisruptionBudget rounds up.
 *
 * @source k8s.io/apimachinery pkg/util/intstr/intstr.go GetScaledValueFromIntOrPercent 1.36
 */
export function scaled(value: IntOrString, total: number, roundUp: boolean): number | undefined {
  const parsed = parseIntOrPercent(value);
  if (parsed === undefined || !parsed.percent) return parsed?.value;
  const share = (parsed.value * total) / 100;
  return roundUp ? Math.ceil(share) : Math.floor(share);
}

/**
 * What is wrong with a reference to a port: a number, or the name that a container gives it (ValidatePortNumOrName).
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePortNumOrName 1.36
 */
export function portReferenceProblem(port: IntOrString): string | undefined {
  return typeof port === 'number' ? portProblem(port) : portName(port);
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= MAX_INT32;
}
