import { lasting, type NodeFilter, type PodRefusal } from '../filters/filter';
import type { FitPod } from '../state/node';
import type { PodShape } from '../pods/shape';
import { hasAffinityScore, interPodAffinityScore } from '../scores/inter-pod-affinity';
import { nodeAffinityScore } from '../scores/node-affinity';
import { balancedAllocation, imageLocality, imageName, leastAllocated } from '../scores/node-score';
import { addEach } from '../scores/score';
import { spreadScore } from '../scores/spread';
import { taintScore } from '../scores/taints';
import type { ClusterState } from '../state/cluster-state';
import type { FitNode } from '../state/node';
import { NO_NODES, nodesFailure, podFailure, type Failure } from './failure';
import { enoughNodes, inZoneOrder } from './node-order';
import { filtersOf, firstRefusal, ShapePlan } from './shape-plan';

export interface SchedulerSettings {
  /** Whether BalancedAllocation compares with the balance before, as from 1.36 on. */
  readonly comparesBalance: boolean;
  /** Which of equally good nodes is taken: the one with the lowest rank. */
  readonly ranks: Int32Array;
  /** Whether only the scores of single nodes count, which is enough to know how many pods find one. @default false */
  readonly isEstimate?: boolean;
}

const SCORES = [taintScore, nodeAffinityScore, spreadScore, interPodAffinityScore];
const OTHER_NODE = lasting('NodeAffinity', "node(s) didn't satisfy plugin(s) [NodeAffinity]");

/** So many nodes are kept in all plans together. */
const MOST_KEPT = 2_000_000;

/**
 * Finds nodes for pods, one after the other, as kube-scheduler does with its default configuration.
 *
 * @source k8s.io/kubernetes pkg/scheduler/schedule_one.go schedulePod, findNodesThatPassFilters, prioritizeNodes 1.36
 */
export class Scheduler {
  readonly #state: ClusterState;
  readonly #settings: SchedulerSettings;
  readonly #order: readonly FitNode[];
  readonly #images = new Map<string, Map<FitNode, number>>();
  readonly #plans = new Map<string, ShapePlan>();
  readonly #failures = new WeakMap<PodShape, { readonly version: number; readonly failure: Failure }>();
  /** Where the last search ended. */
  #next = 0;

  constructor(state: ClusterState, settings: SchedulerSettings) {
    this.#state = state;
    this.#settings = settings;
    this.#order = inZoneOrder(state.nodes);
    for (const node of state.nodes)
      for (const { names = [], sizeBytes = 0 } of node.facts.images)
        for (const name of names.map(imageName))
          this.#images.set(name, (this.#images.get(name) ?? new Map<FitNode, number>()).set(node, sizeBytes));
  }

  /** The node for a pod, or why there is none. Changes nothing. */
  find(pod: FitPod): FitNode | Failure {
    const { shape, target, claims } = pod;
    if (target !== undefined) return this.#onTarget(pod, target);
    const known = this.#failures.get(shape);
    if (known?.version === this.#state.version && claims.length === 0) return known.failure;
    const found = this.#search(pod);
    if ('reasons' in found) this.#failures.set(shape, { version: this.#state.version, failure: found });
    return found;
  }

  /** Whether a node takes a pod as it is. */
  takes(pod: FitPod, node: FitNode): boolean {
    return (['node', 'pods', 'cluster'] as const).every((level) =>
      filtersOf(pod, this.#state, level).every(
        (each) => typeof each === 'function' && each(node) === undefined,
      ),
    );
  }

  #search(pod: FitPod): FitNode | Failure {
    const { nodes } = this.#state;
    if (nodes.length === 0) return podFailure({ filter: '', message: NO_NODES }, 0);
    const plan = this.#planFor(pod);
    const filters = filtersOf(pod, this.#state, 'cluster');
    const refusal = plan.refusal ?? filters.find((each): each is PodRefusal => typeof each === 'object');
    if (refusal !== undefined) return podFailure(refusal, nodes.length);
    const tests = filters.filter((each) => typeof each === 'function');
    const compares = this.#settings.isEstimate !== true && this.#compares(plan, pod.shape);
    const found = tests.length === 0 && !compares ? plan.best() : this.#choose(pod.shape, plan, tests);
    return found ?? nodesFailure(nodes, (node) => plan.refusalOf(node) ?? firstRefusal(tests, node));
  }

  /** Whether nodes are told apart by more than what is on them. */
  #compares(plan: ShapePlan, shape: PodShape): boolean {
    return plan.isChoosy || shape.softSpread.constraints.length > 0 || hasAffinityScore(shape, this.#state);
  }

  /** A pod that is for one node, as those of a DaemonSet are. */
  #onTarget(pod: FitPod, target: FitNode): FitNode | Failure {
    const filters = (['node', 'pods', 'cluster'] as const).flatMap((level) =>
      filtersOf(pod, this.#state, level),
    );
    const refusal = filters.find((each): each is PodRefusal => typeof each === 'object');
    if (refusal !== undefined) return podFailure(refusal, this.#state.nodes.length);
    const own = firstRefusal(
      filters.filter((each) => typeof each === 'function'),
      target,
    );
    if (own === undefined) return target;
    return nodesFailure(this.#state.nodes, (node) => (node === target ? own : OTHER_NODE));
  }

  #choose(shape: PodShape, plan: ShapePlan, tests: readonly NodeFilter[]): FitNode | undefined {
    const nodes = this.#feasible(plan, tests);
    if (nodes.length <= 1) return nodes[0];
    const totals = new Float64Array(nodes.length);
    addEach(totals, 1, (place) => plan.scoreOf(nodes[place]));
    if (this.#settings.isEstimate !== true)
      for (const score of SCORES) score(shape, this.#state, nodes, totals);
    let best = 0;
    for (let place = 1; place < nodes.length; place++) {
      const difference = (totals[place] ?? 0) - (totals[best] ?? 0);
      if (difference > 0 || (difference === 0 && this.#rank(nodes[place]) < this.#rank(nodes[best])))
        best = place;
    }
    return nodes[best];
  }

  #rank(node: FitNode | undefined): number {
    return node === undefined ? Infinity : (this.#settings.ranks[node.index] ?? 0);
  }

  /** The nodes that take a pod, as many as the scheduler compares. */
  #feasible(plan: ShapePlan, tests: readonly NodeFilter[]): FitNode[] {
    const { length } = this.#order;
    const enough = enoughNodes(length);
    const found: FitNode[] = [];
    let looked = 0;
    for (; looked < length && found.length < enough; looked++) {
      const node = this.#order[(this.#next + looked) % length];
      if (node === undefined || plan.refusalOf(node) !== undefined) continue;
      if (firstRefusal(tests, node) === undefined) found.push(node);
    }
    this.#next = (this.#next + looked) % length;
    return found;
  }

  /** Pods that ask the same of a node by itself share a plan, whatever their labels. */
  #planFor(pod: FitPod): ShapePlan {
    const { shape } = pod;
    const known = this.#plans.get(shape.nodeKey);
    if (known !== undefined) return known;
    const plan = new ShapePlan(
      pod,
      this.#state,
      (node) => this.#nodeScore(shape, node),
      this.#settings.ranks,
    );
    this.#plans.set(shape.nodeKey, plan);
    const most = Math.max(16, MOST_KEPT / this.#state.nodes.length);
    const [oldest] = this.#plans.keys();
    if (this.#plans.size > most && oldest !== undefined) this.#plans.delete(oldest);
    return plan;
  }

  #nodeScore(shape: PodShape, node: FitNode): number {
    const images =
      this.#images.size === 0 ? 0 : imageLocality(shape, node, this.#images, this.#state.nodes.length);
    return (
      leastAllocated(shape, node) + balancedAllocation(shape, node, this.#settings.comparesBalance) + images
    );
  }
}
