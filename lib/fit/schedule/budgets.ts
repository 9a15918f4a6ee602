import { scaled } from '../../kube/int-or-string';
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
}

/** How many more pods each budget lets go. */
export type Allowance = ReadonlyMap<BudgetFacts, number>;

/** The budgets of a cluster, and how many of the pods that run they let go. All of them count as healthy. */
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
    const running = new Map<BudgetFacts, FitPod[]>();
    if (this.#byNamespace.size === 0) return new Map();
    for (const node of this.#state.nodes)
      for (const pod of node.pods) for (const budget of this.of(pod)) push(running, budget, pod);
    return new Map([...running].map(([budget, pods]) => [budget, this.#allowed(budget, pods)]));
  }

  /**
   * Of pods without a controller, only a number of `minAvailable` can be reckoned.
   *
   * @source k8s.io/kubernetes pkg/controller/disruption/disruption.go getExpectedPodCount, updatePdbStatus 1.36
   */
  #allowed({ minAvailable, maxUnavailable }: BudgetFacts, running: readonly FitPod[]): number {
    if (typeof minAvailable === 'number' && maxUnavailable === undefined)
      return Math.max(0, running.length - minAvailable);
    let expected = 0;
    for (const owner of new Set(running.map((pod) => pod.owner))) {
      const own = this.#expected(owner);
      if (own === undefined) return 0;
      expected += own;
    }
    const share = (value: number | string): number => scaled(value, expected, true) ?? 0;
    const needed =
      maxUnavailable === undefined ? share(minAvailable ?? 0) : Math.max(0, expected - share(maxUnavailable));
    return Math.max(0, running.length - needed);
  }

  /**
   * Some pods by whether budgets let all of them go, in their order.
   *
   * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/defaultpreemption/default_preemption.go filterPodsWithPDBViolation 1.36
   */
  split(pods: readonly FitPod[], allowance: Allowance): { violating: FitPod[]; others: FitPod[] } {
    const left = new Map(allowance);
    const violating: FitPod[] = [];
    const others: FitPod[] = [];
    for (const pod of pods) {
      let isViolating = false;
      for (const budget of this.of(pod)) {
        const allowed = (left.get(budget) ?? 0) - 1;
        left.set(budget, allowed);
        if (allowed < 0) isViolating = true;
      }
      (isViolating ? violating : others).push(pod);
    }
    return { violating, others };
  }
}
