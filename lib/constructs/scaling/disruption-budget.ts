import { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import type { Keys } from '../core/props';
import { checkKeys, optional } from '../core/props';
import { checkShare } from '../core/share';
import type { Trait } from '../workloads/trait';

/** How many pods may be missing while nodes are drained; a number or a share such as `25%`. Only one of the two. */
export interface DisruptionBudget {
  readonly maxUnavailable?: number | string;
  readonly minAvailable?: number | string;
}

/** What drains leave running. */
export interface ProtectedProps {
  /** What drains must leave running; `false` for no budget. @default one pod at a time, from two replicas on */
  readonly disruptionBudget?: DisruptionBudget | false;
}

/** The budget of a workload. */
export interface Protected {
  /** The budget for drains; `undefined` with one replica, or where the prop is `false`. */
  readonly disruptionBudget: KubeObject | undefined;
}

const TRAIT_KEYS: Keys<ProtectedProps> = { disruptionBudget: true };

/** A PodDisruptionBudget over the pods of a workload, as soon as there can be two. */
export const disruptionBudget: Trait<ProtectedProps, Protected> = {
  keys: TRAIT_KEYS,
  members: { disruptionBudget: true },
  attach: ({ workload, severalPods, metadata }, { disruptionBudget: budget }) => {
    if (budget === false || (budget === undefined && !severalPods)) return { disruptionBudget: undefined };
    const object = new KubeObject(workload, 'disruption-budget', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: metadata(),
      content: (report) => ({
        spec: renderBudget(budget, workload.matchLabels, below('disruptionBudget', report)),
      }),
    });
    return { disruptionBudget: object };
  },
};

const KEYS: Keys<DisruptionBudget> = { maxUnavailable: true, minAvailable: true };

/** `spec` of a PodDisruptionBudget over the pods of `selector`. By default one pod at a time may go. */
function renderBudget(
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
