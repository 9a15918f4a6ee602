import { portName } from './names';
import { portProblem } from './ports';

/** `intstr.IntOrString`: an integer, or a string such as a percentage or the name of a port. */
export type IntOrString = number | string;

/** An integer or a percentage. */
export interface IntOrPercent {
  readonly value: number;
  readonly percent: boolean;
}

const MAX_INT32 = 2 ** 31 - 1;

/**
 * `value` as a number or percentage: `3`, `'25%'`. A string without a percent sign is neither, even `'3'`.
 *
 * `maxSurge`, `maxUnavailable` and `minAvailable` have this type.
 *
 * @source k8s.io/apimachinery pkg/util/validation/validation.go IsValidPercent 1.36
 */
export function parseIntOrPercent(value: IntOrString): IntOrPercent | undefined {
  if (typeof value === 'number') return isCount(value) ? { value, percent: false } : undefined;
  if (!/^\d+%$/.test(value)) return undefined;
  return { value: Number(value.slice(0, -1)), percent: true };
}

/**
 * What is wrong with a number or percentage; undefined when it is one and not negative.
 *
 * @source k8s.io/kubernetes pkg/apis/apps/validation/validation.go ValidatePositiveIntOrPercent 1.36
 */
export function intOrPercentProblem(value: IntOrString): string | undefined {
  if (parseIntOrPercent(value) !== undefined) return undefined;
  if (typeof value === 'string' && /^\d+$/.test(value))
    return `must be the number ${value} or the percentage "${value}%", not text`;
  return 'must be a non-negative integer or a percentage such as "25%"';
}

/**
 * How many of `total` a number or percentage means; a percentage is rounded up or down to an integer. Undefined when
 * `value` is neither.
 *
 * A Deployment rounds `maxSurge` up and `maxUnavailable` down; a PodDisruptionBudget rounds up.
 *
 * @source k8s.io/apimachinery pkg/util/intstr/intstr.go GetScaledValueFromIntOrPercent 1.36
 */
export function scaled(value: IntOrString, total: number, roundUp: boolean): number | undefined {
  const parsed = parseIntOrPercent(value);
  if (parsed === undefined || !parsed.percent) return parsed?.value;
  const share = (parsed.value * total) / 100;
  if (!Number.isFinite(share)) return undefined;
  return roundUp ? Math.ceil(share) : Math.floor(share);
}

/**
 * What is wrong with a reference to a port: its number, or its name in the container.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePortNumOrName 1.36
 */
export function portReferenceProblem(port: IntOrString): string | undefined {
  return typeof port === 'number' ? portProblem(port) : portName(port);
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= MAX_INT32;
}
