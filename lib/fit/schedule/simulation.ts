import { claimsOf } from '../filters/volume-binding';
import type { ObjectId } from '../../manifest/manifest';
import type { FitPod } from '../state/node';
import type { LabelClass } from '../pods/terms';
import type { ClusterState } from '../state/cluster-state';
import type { FitNode } from '../state/node';
import type { BudgetUse } from './budgets';
import type { Failure } from './failure';
import { preemptionFor, type Preemption } from './preemption';
import type { Scheduler } from './scheduler';

/** What became of a pod that runs nowhere. */
export type Unplaced =
  | { readonly failure: Failure; readonly refusedBy?: ObjectId }
  | { readonly preemptedBy: FitPod; readonly from: FitNode };

/**
 * Pods that come one after the other: each is placed, takes the place of less important ones, or waits until something
 * changes that may help it.
 */
export class Simulation {
  readonly state: ClusterState;
  readonly unplaced = new Map<FitPod, Unplaced>();
  readonly #scheduler: Scheduler;
  readonly #budgets: BudgetUse;
  /** Pods that wait for others to come, and all that wait, both in order of their creation. */
  readonly #waiting = new Set<FitPod>();
  readonly #hoping = new Set<FitPod>();

  constructor(state: ClusterState, scheduler: Scheduler, budgets: BudgetUse) {
    this.state = state;
    this.#scheduler = scheduler;
    this.#budgets = budgets;
  }

  /** Puts a pod on a node without asking anybody. */
  bind(pod: FitPod, node: FitNode): void {
    this.#start(pod, node);
  }

  /**
   * Keeps a pod from being scheduled.
   *
   * @param refusedBy the quota that keeps it from being made
   */
  block(pod: FitPod, failure: Failure, refusedBy?: ObjectId): void {
    this.unplaced.set(pod, { failure, ...(refusedBy && { refusedBy }) });
  }

  /** The node that would take a pod, without preemption, or why there is none. Changes nothing. */
  find(pod: FitPod): FitNode | Failure {
    return this.#scheduler.find(pod);
  }

  /** All nodes that take a pod as they are. */
  takers(pod: FitPod): FitNode[] {
    return this.state.nodes.filter((node) => this.#scheduler.takes(pod, node));
  }

  /** The node that would take a pod, and what would have to go there for it; or why there is none. Changes nothing. */
  outlook(pod: FitPod): Preemption | Failure {
    const found = this.#scheduler.find(pod);
    if (!('reasons' in found)) return { node: found, victims: [] };
    return preemptionFor(pod, found, this.state, this.#scheduler, this.#budgets) ?? found;
  }

  /** Takes a pod away for good. */
  end(pod: FitPod): void {
    this.state.remove(pod);
    this.unplaced.delete(pod);
    this.#waiting.delete(pod);
    this.#hoping.delete(pod);
  }

  /** The budgets of the cluster, as they are now. */
  get budgets(): BudgetUse {
    return this.#budgets;
  }

  /** Places a pod, and those that it helps; whether it runs now. */
  add(pod: FitPod): boolean {
    this.#attempt(pod);
    return pod.node !== undefined;
  }

  #attempt(pod: FitPod): void {
    const found = this.#scheduler.find(pod);
    if (!('reasons' in found)) return this.#start(pod, found);
    const preemption = preemptionFor(pod, found, this.state, this.#scheduler, this.#budgets);
    if (preemption === undefined) return this.#wait(pod, found);
    const { node, victims } = preemption;
    for (const victim of victims) {
      this.state.remove(victim);
      this.unplaced.set(victim, { preemptedBy: pod, from: node });
      if (victim.owner.replaces) this.#waiting.add(victim);
    }
    this.#start(pod, node);
    for (const each of byPriority(this.#waiting)) this.#again(each);
  }

  #wait(pod: FitPod, failure: Failure): void {
    this.unplaced.set(pod, { failure });
    this.#waiting.add(pod);
    if (hopesForOthers(failure)) this.#hoping.add(pod);
    else this.#hoping.delete(pod);
  }

  #start(pod: FitPod, node: FitNode): void {
    const { volumes } = this.state;
    this.#waiting.delete(pod);
    this.#hoping.delete(pod);
    this.unplaced.delete(pod);
    this.state.start(pod, node);
    if (pod.claims.length > 0) volumes.settle(claimsOf(pod, volumes), node.facts);
    for (const each of byPriority(this.#hoping)) if (isHelpedBy(each, pod.shape.class)) this.#again(each);
  }

  /** Tries again a pod that may have found a node since. */
  #again(pod: FitPod): void {
    if (this.#waiting.has(pod)) this.#attempt(pod);
  }
}

function byPriority(pods: Iterable<FitPod>): FitPod[] {
  return [...pods].sort((a, b) => b.shape.priority - a.shape.priority);
}

/** A pod that comes can help those that want to be near others, or that spread. */
function hopesForOthers({ filters }: Failure): boolean {
  return filters.has('InterPodAffinity') || filters.has('PodTopologySpread');
}

/**
 * Whether a pod that starts may let another one in.
 *
 * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/interpodaffinity/plugin.go isSchedulableAfterPodChange 1.36
 * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/podtopologyspread/plugin.go isSchedulableAfterPodChange 1.36
 */
function isHelpedBy({ shape }: FitPod, others: LabelClass): boolean {
  const { required } = shape.affinity;
  return (
    (required.length > 0 && required.every((term) => term.accepts(others))) ||
    shape.spread.some(({ matcher }) => matcher.accepts(others))
  );
}
