import type { Reporter } from '../core/problems';
import type { Keys } from '../core/props';
import { checkKeys, optional } from '../core/props';
import { checkShare } from '../core/share';

/** How many pods may be missing while nodes are drained; a number or a share such as `25%`. Only one of the two. */
export interface DisruptionBudget {
  readonly maxUnavailable?: number | string;
  readonly minAvailable?: number | string;
}

const KEYS: Keys<DisruptionBudget> = { maxUnavailable: true, minAvailable: true };

/** `spec` of a PodDisruptionBudget over the pods of `selector`. By default one pod at a time may go. */
export function renderBudget(
  budget: DisruptionBudget | undefined,
  selector: Readonly<Record<string, string>>,
  report: Reporter,
): object {
  const { maxUnavailable, minAvailable } = budget ?? { maxUnavailable: 1 };
  checkKeys(budget, KEYS, report);
  if ((maxUnavailable === undefined) === (minAvailable === undefined)) {
    report({ code: 'INVALID_PROP', message: 'a budget says either maxUnavailable or minAvailable' });
  }
  checkShare(maxUnavailable, 'maxUnavailable', report);
  checkShare(minAvailable, 'minAvailable', report);
  return {
    selector: { matchLabels: selector },
    ...optional('maxUnavailable', maxUnavailable),
    ...optional('minAvailable', minAvailable),
  };
}
