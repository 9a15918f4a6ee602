import { parseIntOrPercent } from '../../kube/int-or-string';
import type { Reporter } from '../core/problems';
import type { Keys } from '../core/props';
import { checkKeys } from '../core/props';
import { checkShare } from '../core/share';

/** How pods are replaced: a number of pods or a share of them such as `25%`. */
export interface RollingUpdate {
  /** How many more than asked for may run. */
  readonly maxSurge?: number | string;
  /** How many fewer than asked for may run. */
  readonly maxUnavailable?: number | string;
}

const KEYS: Keys<RollingUpdate> = { maxSurge: true, maxUnavailable: true };

/** `rollingUpdate` of a Deployment's strategy; tells of one under which nothing could be replaced. */
export function renderRollingUpdate(rolling: RollingUpdate, report: Reporter): object {
  const { maxSurge, maxUnavailable } = rolling;
  checkRolling(rolling, report);
  checkShare(maxSurge, 'maxSurge', report, Infinity);
  if (isNone(maxSurge) && isNone(maxUnavailable)) {
    const message = 'with neither more nor fewer pods allowed nothing can be replaced';
    report({ code: 'INVALID_PROP', message });
  }
  return { maxSurge, maxUnavailable };
}

/**
 * `rollingUpdate` of a DaemonSet's strategy. A node has either the new pod before the old one goes or none for a
 * while, so exactly one of the two is more than none (ValidateRollingUpdateDaemonSet); the API server would fill in
 * one for `maxUnavailable`.
 */
export function renderNodeUpdate(rolling: RollingUpdate, report: Reporter): object {
  checkRolling(rolling, report);
  checkShare(rolling.maxSurge, 'maxSurge', report);
  const { maxSurge = 0 } = rolling;
  const { maxUnavailable = isNone(maxSurge) ? 1 : 0 } = rolling;
  if (isNone(maxSurge) === isNone(maxUnavailable)) {
    const message = 'either more or fewer pods than asked for may run on a node, and not both';
    report({ code: 'INVALID_PROP', message });
  }
  return { maxSurge, maxUnavailable };
}

function checkRolling(rolling: RollingUpdate, report: Reporter): void {
  checkKeys(rolling, KEYS, report);
  checkShare(rolling.maxUnavailable, 'maxUnavailable', report);
}

function isNone(value: number | string | undefined): boolean {
  return value !== undefined && parseIntOrPercent(value)?.value === 0;
}
