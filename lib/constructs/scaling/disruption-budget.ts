import type { Patches } from '../../kube/patches';
import { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import { optional } from '../core/props';
import { checkIntOrPercent, intOrPercent } from '../core/int-or-percent';
import { anyOf, constant, record } from '../core/shapes';
import type { Trait } from '../workloads/trait';

/** How many pods may be down while nodes are drained; exactly one of the two is set. */
export interface DisruptionBudget {
  /** Most pods that may be down, a number or a percentage such as `25%`. @default not limited */
  readonly maxUnavailable?: number | string;
  /** Fewest pods that must stay, a number or a percentage such as `75%`. @default not required */
  readonly minAvailable?: number | string;
}

/** How many pods stay while nodes are drained. */
export interface ProtectedProps {
  /**
   * How many pods may be down while nodes are drained; `false` for no budget.
   * @default one pod at a time, from two replicas on
   * @example { maxUnavailable: '25%' }
   */
  readonly disruptionBudget?: DisruptionBudget | false;
}

/**
 * The budget of a workload.
 *
 * | object | when | why |
 * |---|---|---|
 * | PodDisruptionBudget | from two replicas on, unless `disruptionBudget` is `false` | a drained node takes no more pods at a time than the budget allows |
 */
export interface Protected {
  /** The budget for drains; `undefined` with one replica, or where the prop is `false`. */
  readonly disruptionBudget: KubeObject<Patches['PodDisruptionBudget']> | undefined;
  /** The same budget. */
  readonly budget: KubeObject<Patches['PodDisruptionBudget']> | undefined;
}

const BUDGET = record<DisruptionBudget>(
  { maxUnavailable: intOrPercent, minAvailable: intOrPercent },
  { example: "{ maxUnavailable: '25%' }" },
);

/** A PodDisruptionBudget over the pods of a workload, as soon as there can be two. */
export const disruptionBudget: Trait<ProtectedProps, Protected> = {
  shapes: { disruptionBudget: anyOf<DisruptionBudget | false>([constant(false), BUDGET]) },
  members: { disruptionBudget: true, budget: true },
  attach: ({ workload, severalPods, metadata }, { disruptionBudget: budget }) => {
    if (budget === false || (budget === undefined && !severalPods))
      return { disruptionBudget: undefined, budget: undefined };
    const object = new KubeObject<Patches['PodDisruptionBudget']>(workload, 'disruption-budget', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: metadata(),
      content: (report) => ({
        spec: renderBudget(budget, workload.matchLabels, below('disruptionBudget', report)),
      }),
    });
    return { disruptionBudget: object, budget: object };
  },
};

/** `spec` of a PodDisruptionBudget over the pods of `selector`. By default one pod at a time may be down. */
function renderBudget(
  budget: DisruptionBudget | undefined,
  selector: Readonly<Record<string, string>>,
  report: Reporter,
): object {
  const { maxUnavailable, minAvailable } = budget ?? { maxUnavailable: 1 };
  if ((maxUnavailable === undefined) === (minAvailable === undefined)) {
    report({ code: 'INVALID_PROP', message: 'exactly one of maxUnavailable and minAvailable is required' });
  }
  checkIntOrPercent(maxUnavailable, 'maxUnavailable', report);
  checkIntOrPercent(minAvailable, 'minAvailable', report);
  return {
    selector: { matchLabels: selector },
    ...optional('maxUnavailable', maxUnavailable),
    ...optional('minAvailable', minAvailable),
  };
}
