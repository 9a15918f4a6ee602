import { scaled } from '../../kube/int-or-string';
import { selectsAll } from '../../graph/selectors';
import { grouped, push } from '../../kube/grouped';
import { matches, type LabelSelector } from '../../kube/labels';
import type { FitPod, PodOwner } from '../state/node';
import type { LabelClass } from '../pods/terms';
import type { ClusterState } from '../state/cluster-state';

/** A PodDisruptionBudget. */
export interface BudgetFacts {
  readonly name: string;
  readonly namespace: string;
  readonly selector: LabelSelector | undefined;
  readonly minAvailable?: number | string;
  readonly maxUnavailable?: number | string;
  /** Whether pods that are not ready may go at any time (`unhealthyPodEvictionPolicy: AlwaysAllow`). */
  readonly letsUnreadyGo: boolean;
}

/** How many of the pods that a budget protects are healthy, and how many have to be. */
export interface BudgetHealth {
  readonly healthy: number;
  readonly desired: number;
  readonly allowed: number;
}

/** How many more pods each budget lets go. */
export type Allowance = ReadonlyMap<BudgetFacts, number>;

/** The budgets of a cluster, and how many of the pods that run they let go. */
export class BudgetUse {
  readonly #byNamespace: ReadonlyMap<string, readonly BudgetFacts[]>;
  readonly #state: ClusterState;
  readonly #expected: (owner: PodOwner) => number | undefined;
  readonly #ofClass = new Map<LabelClass, readonly BudgetFacts[]>();

  /** @param expected how many pods an owner is to have; none for a pod that nobody controls */
  constructor(
    budgets: readonly BudgetFacts[],
    state: ClusterState,
    expected: (owner: PodOwner) => number | undefined,
  ) {
    this.#byNamespace = grouped(budgets, ({ namespace }) => namespace);
    this.#state = state;
    this.#expected = expected;
  }

  /** The budgets that protect a pod. */
  of({ shape: { class: own } }: FitPod): readonly BudgetFacts[] {
    const known = this.#ofClass.get(own);
    if (known !== undefined) return known;
    const inNamespace = this.#byNamespace.get(own.namespace) ?? [];
    const budgets = inNamespace.filter(({ selector }) => matches(selector, own.labels));
    this.#ofClass.set(own, budgets);
    return budgets;
  }

  /** How many pods the budgets let go now. */
  allowance(): Allowance {
    return new Map([...this.health()].map(([budget, { allowed }]) => [budget, allowed]));
  }

  /** How each budget that protects a pod is doing now. */
  health(): Map<BudgetFacts, BudgetHealth> {
    const running = new Map<BudgetFacts, FitPod[]>();
    if (this.#byNamespace.size === 0) return new Map();
    for (const node of this.#state.nodes)
      for (const pod of node.pods)
        if (pod.shape.class.isEnding !== true) for (const budget of this.of(pod)) push(running, budget, pod);
    return new Map([...running].map(([budget, pods]) => [budget, this.#healthOf(budget, pods)]));
  }

  /**
   * A percentage, and `maxUnavailable`, are of the pods that controllers want to have; pods without a controller do not
   * count there.
   *
   * @source k8s.io/kubernetes pkg/controller/disruption/disruption.go getExpectedPodCount, updatePdbStatus 1.36
   */
  #healthOf({ minAvailable, maxUnavailable }: BudgetFacts, running: readonly FitPod[]): BudgetHealth {
    const healthy = running.filter(({ health }) => health === undefined).length;
    if (typeof minAvailable === 'number' && maxUnavailable === undefined)
      return { healthy, desired: minAvailable, allowed: Math.max(0, healthy - minAvailable) };
    const owners = new Set(running.map((pod) => pod.owner));
    let expected = 0;
    for (const owner of owners) expected += this.#expected(owner) ?? 0;
    const share = (value: number | string): number => scaled(value, expected, true) ?? 0;
    const desired =
      maxUnavailable === undefined ? share(minAvailable ?? 0) : Math.max(0, expected - share(maxUnavailable));
    return { healthy, desired, allowed: expected === 0 ? 0 : Math.max(0, healthy - desired) };
  }

  /**
   * Some pods by whether budgets let all of them go, in their order. A budget for all pods of a namespace, and pods without
   * labels, do not count here.
   *
   * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/defaultpreemption/default_preemption.go filterPodsWithPDBViolation 1.36
   */
  split(pods: readonly FitPod[], allowance: Allowance): { violating: FitPod[]; others: FitPod[] } {
    const left = new Map(allowance);
    const violating: FitPod[] = [];
    const others: FitPod[] = [];
    for (const pod of pods) {
      let isViolating = false;
      for (const budget of hasLabels(pod) ? this.of(pod) : []) {
        if (budget.selector !== undefined && selectsAll(budget.selector)) continue;
        const allowed = (left.get(budget) ?? 0) - 1;
        left.set(budget, allowed);
        if (allowed < 0) isViolating = true;
      }
      (isViolating ? violating : others).push(pod);
    }
    return { violating, others };
  }
}

function hasLabels({ shape }: FitPod): boolean {
  return Object.keys(shape.class.labels).length > 0;
}
