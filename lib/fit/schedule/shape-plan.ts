import type { NodeFilter, PodRefusal, Refusal } from '../filters/filter';
import { FILTERS } from '../filters/registry';
import type { FitPod } from '../state/node';
import type { PodShape } from '../pods/shape';
import { unwantedTaints } from '../scores/taints';
import type { ClusterState } from '../state/cluster-state';
import type { FitNode } from '../state/node';
import { ScoreTree } from './score-tree';

const TAKEN = undefined;

/**
 * What is known of all nodes for the pods of one shape: which refuse them, and how good they are by themselves. It is kept
 * from pod to pod; only nodes whose pods changed are looked at again.
 */
export class ShapePlan {
  readonly shape: PodShape;
  /** Why no node takes the pod at all. */
  readonly refusal: PodRefusal | undefined;
  /** Whether a preferred label or taint tells the nodes apart. */
  readonly isChoosy: boolean;
  readonly #state: ClusterState;
  readonly #score: (node: FitNode) => number;
  readonly #lasting: readonly (Refusal | undefined)[];
  readonly #byPods: readonly NodeFilter[];
  readonly #refusals: (Refusal | undefined)[] = [];
  readonly #scores: Int32Array;
  readonly #ranks: Int32Array;
  #tree: ScoreTree | undefined;
  #seen = 0;

  constructor(pod: FitPod, state: ClusterState, score: (node: FitNode) => number, ranks: Int32Array) {
    const { shape } = pod;
    this.shape = shape;
    this.#state = state;
    this.#score = score;
    this.#ranks = ranks;
    const onNode = filtersOf(pod, state, 'node');
    this.refusal = onNode.find((each) => typeof each === 'object');
    const tests = onNode.filter((each) => typeof each === 'function');
    this.#lasting = state.nodes.map((node) => firstRefusal(tests, node));
    this.#byPods = filtersOf(pod, state, 'pods').filter((each) => typeof each === 'function');
    const unwanted = unwantedTaints(shape);
    this.isChoosy = shape.preferredNodes.length > 0 || state.nodes.some((node) => unwanted(node) > 0);
    this.#scores = new Int32Array(state.nodes.length);
    for (const node of state.nodes) this.#look(node);
    this.#seen = state.changes;
  }

  refusalOf(node: FitNode): Refusal | undefined {
    return this.#refusals[node.index];
  }

  scoreOf(node: FitNode): number {
    return this.#scores[node.index] ?? 0;
  }

  /** The best node by what is known of the nodes themselves. */
  best(): FitNode | undefined {
    this.#tree ??= new ScoreTree(this.#scores, this.#ranks);
    const best = this.#tree.best();
    return best === undefined ? undefined : this.#state.nodes[best];
  }

  /** Looks again at the nodes whose pods changed. */
  refresh(): void {
    const { nodes, changes } = this.#state;
    const changed = this.#state.changedSince(this.#seen);
    this.#seen = changes;
    if (changed === undefined) {
      for (const node of nodes) this.#look(node);
      this.#tree = undefined;
      return;
    }
    for (const index of changed) {
      const node = nodes[index];
      if (node === undefined) continue;
      this.#look(node);
      this.#tree?.update(index);
    }
  }

  #look(node: FitNode): void {
    const refusal = this.#lasting[node.index] ?? firstRefusal(this.#byPods, node);
    this.#refusals[node.index] = refusal;
    this.#scores[node.index] = refusal === TAKEN ? this.#score(node) : -1;
  }
}

/** The filters of one level for a pod. */
export function filtersOf(
  pod: FitPod,
  state: ClusterState,
  level: (typeof FILTERS)[number]['hangsOn'],
): (NodeFilter | PodRefusal)[] {
  return FILTERS.filter(({ hangsOn }) => hangsOn === level).flatMap((filter) => filter.for(pod, state) ?? []);
}

export function firstRefusal(tests: readonly NodeFilter[], node: FitNode): Refusal | undefined {
  for (const test of tests) {
    const refusal = test(node);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
