import { parseIntOrPercent } from '../../kube/int-or-string';
import type { Reporter } from '../core/problems';
import { checkIntOrPercent, intOrPercent } from '../core/int-or-percent';
import { record } from '../core/shapes';

/** How many pods are replaced at a time, each a number or a percentage such as `25%`. */
export interface RollingUpdate {
  /** Most pods above the desired number. @default 25%, set by the API server; 0 for a DaemonSet */
  readonly maxSurge?: number | string;
  /** Most pods below the desired number. @default 25%, set by the API server; 1 for a DaemonSet, or 0 with maxSurge */
  readonly maxUnavailable?: number | string;
}

export const ROLLING_UPDATE = record<RollingUpdate>(
  { maxSurge: intOrPercent, maxUnavailable: intOrPercent },
  {
    example: "{ maxSurge: '25%' }",
    words: { rollingUpdate: '`maxSurge` and `maxUnavailable`, without `rollingUpdate`' },
  },
);

/** `rollingUpdate` of a Deployment's strategy; reports one under which no pod could be replaced. */
export function renderRollingUpdate(rolling: RollingUpdate, report: Reporter): object {
  const { maxSurge, maxUnavailable } = rolling;
  checkRolling(rolling, report);
  checkIntOrPercent(maxSurge, 'maxSurge', report, Infinity);
  if (isNone(maxSurge) && isNone(maxUnavailable)) {
    const message = 'maxSurge and maxUnavailable must not both be 0, since no pod could be replaced';
    report({ code: 'INVALID_PROP', message });
  }
  return { maxSurge, maxUnavailable };
}

/**
 * `rollingUpdate` of a DaemonSet's strategy. A node has either the new pod before the old one goes or none for a
 * while, so exactly one of the two is more than none (ValidateRollingUpdateDaemonSet); the API server would set
 * `maxUnavailable` to 1.
 */
export function renderNodeUpdate(rolling: RollingUpdate, report: Reporter): object {
  checkRolling(rolling, report);
  checkIntOrPercent(rolling.maxSurge, 'maxSurge', report);
  const { maxSurge = 0 } = rolling;
  const { maxUnavailable = isNone(maxSurge) ? 1 : 0 } = rolling;
  if (isNone(maxSurge) === isNone(maxUnavailable)) {
    const message = 'exactly one of maxSurge and maxUnavailable must be greater than 0';
    report({ code: 'INVALID_PROP', message });
  }
  return { maxSurge, maxUnavailable };
}

function checkRolling(rolling: RollingUpdate, report: Reporter): void {
  checkIntOrPercent(rolling.maxUnavailable, 'maxUnavailable', report);
}

function isNone(value: number | string | undefined): boolean {
  return value !== undefined && parseIntOrPercent(value)?.value === 0;
}
