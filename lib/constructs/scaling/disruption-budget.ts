import { scaled } from '../../kube/int-or-string';
import type { LabelSelector } from '../../kube/labels';
import type { Patches } from '../../kube/patches';
import { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import { optional, shown } from '../core/props';
import { checkIntOrPercent, intOrPercent } from '../core/int-or-percent';
import { anyOf, constant, record } from '../core/shapes';
import type { Peer } from '../network/peer';
import { podsOf, servingPodsOf } from '../rollout/primary';
import type { Trait } from '../workloads/trait';
import { findPart } from '../workloads/trait';
import type { ReplicaRange } from './replicas';
import { scaling } from './replicas';

/**
 * How many pods may be down while nodes are drained; exactly one of the two is set. With the fewest pods that there can be,
 * one of them can always be evicted, or no node with them could be drained.
 */
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
}

const BUDGET = record<DisruptionBudget>(
  { maxUnavailable: intOrPercent, minAvailable: intOrPercent },
  { example: "{ maxUnavailable: '25%' }" },
);

/** A PodDisruptionBudget over the pods of a workload, as soon as there can be two. */
export const disruptionBudget: Trait<ProtectedProps, Protected> = {
  shapes: { disruptionBudget: anyOf<DisruptionBudget | false>([constant(false), BUDGET]) },
  members: { disruptionBudget: true },
  attach: ({ workload, severalPods, metadata }, { disruptionBudget: budget }) => {
    if (budget === false || (budget === undefined && !severalPods)) return { disruptionBudget: undefined };
    const object = new KubeObject<Patches['PodDisruptionBudget']>(workload, 'disruption-budget', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: metadata(),
      content: (report) => {
        const reportBelow = below('disruptionBudget', report);
        checkDrains(budget, findPart(workload, scaling)?.range, reportBelow);
        return { spec: renderBudget(budget, countedPods(workload, budget), reportBelow) };
      },
    });
    return { disruptionBudget: object };
  },
};

/**
 * The pods that a budget counts. Flagger tries new pods beside those that serve: with them, `minAvailable` or a percentage would
 * let too many of those go. One at a time, of both, is safe for both.
 */
function countedPods(workload: Peer, budget: DisruptionBudget | undefined): LabelSelector {
  const isNumber = budget === undefined || typeof budget.maxUnavailable === 'number';
  return isNumber ? podsOf(workload) : servingPodsOf(workload);
}

/**
 * `spec` of a PodDisruptionBudget over the pods of `selector`. By default one pod at a time may be down. Pods that are not
 * ready can be evicted whatever the budget says, since otherwise an application that is broken anyway blocks the drain.
 *
 * Source: "Unhealthy Pod Eviction Policy" of the Kubernetes documentation, on by default since 1.27.
 */
function renderBudget(
  budget: DisruptionBudget | undefined,
  selector: LabelSelector,
  report: Reporter,
): object {
  const { maxUnavailable, minAvailable } = budget ?? { maxUnavailable: 1 };
  if ((maxUnavailable === undefined) === (minAvailable === undefined)) {
    report({ code: 'INVALID_PROP', message: 'exactly one of maxUnavailable and minAvailable is required' });
  }
  checkIntOrPercent(maxUnavailable, 'maxUnavailable', report);
  checkIntOrPercent(minAvailable, 'minAvailable', report);
  return {
    selector,
    ...optional('maxUnavailable', maxUnavailable),
    ...optional('minAvailable', minAvailable),
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
  };
}

/**
 * Reports a budget that lets no pod go while there are the fewest. With more pods, a percentage lets more go.
 *
 * Source: getExpectedPodCount of kubernetes `pkg/controller/disruption`, which rounds both percentages up.
 */
function checkDrains(
  { maxUnavailable, minAvailable }: DisruptionBudget = {},
  range: ReplicaRange | undefined,
  report: Reporter,
): void {
  if (range === undefined || range.max < 1) return;
  if (maxUnavailable !== undefined && minAvailable !== undefined) return;
  const fewest = Math.max(1, range.min);
  const gone = maxUnavailable === undefined ? undefined : scaled(maxUnavailable, fewest, true);
  const kept = minAvailable === undefined ? undefined : scaled(minAvailable, fewest, true);
  if (gone === 0)
    report({
      code: 'INVALID_PROP',
      path: 'maxUnavailable',
      message: `Invalid value: ${shown(maxUnavailable)}: no pod may go, so no node with one of them can be drained`,
      hint: 'Set it to at least 1.',
    });
  if (kept !== undefined && kept >= fewest)
    report({
      code: 'INVALID_PROP',
      path: 'minAvailable',
      message: `Invalid value: ${shown(minAvailable)}: requires ${kept} of ${fewest} pods, so no node with one of them can be drained`,
      hint: 'Require fewer, use `maxUnavailable: 1` instead, or run more replicas.',
    });
}
