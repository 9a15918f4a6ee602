import type { NodeFilter, PodRefusal, Refusal } from '../filters/filter';
import { FILTERS } from '../filters/registry';
import { grouped } from '../../kube/grouped';
import type { FitPod } from '../state/node';
import { unwantedTaints } from '../scores/taints';
import type { ClusterState } from '../state/cluster-state';
import type { FitNode } from '../state/node';
import { ScoreTree } from './score-tree';

const NEVER = -1;

/**
 * What is known of all nodes for pods that ask the same of a node by itself: which refuse them, and how good they are by themselves. It is kept
 * from pod to pod; only nodes whose pods changed are looked at again.
 */
export class ShapePlan {
  /** Why no node takes the pod at all. */
  readonly refusal: PodRefusal | undefined;
  /** Whether a preferred label or taint tells the nodes apart. */
  readonly isChoosy: boolean;
  readonly #state: ClusterState;
  readonly #score: (node: FitNode) => number;
  readonly #tests: readonly NodeFilter[];
  readonly #refusals: (Refusal | undefined)[] = [];
  readonly #scores: Int32Array;
  /** The version of each node when it was looked at. */
  readonly #seen: Int32Array;
  readonly #ranks: Int32Array;
  #tree: ScoreTree | undefined;
  #changes = 0;

  constructor(pod: FitPod, state: ClusterState, score: (node: FitNode) => number, ranks: Int32Array) {
    const { shape } = pod;
    this.#state = state;
    this.#score = score;
    this.#ranks = ranks;
    const filters = [...filtersOf(pod, state, 'node'), ...filtersOf(pod, state, 'pods')];
    this.refusal = filters.find((each) => typeof each === 'object');
    this.#tests = filters.filter((each) => typeof each === 'function');
    this.isChoosy = shape.preferredNodes.length > 0 || (state.hasPreferredTaints && hasUnwanted(pod, state));
    this.#scores = new Int32Array(state.nodes.length);
    this.#seen = new Int32Array(state.nodes.length).fill(NEVER);
  }

  refusalOf(node: FitNode): Refusal | undefined {
    this.#look(node);
    return this.#refusals[node.index];
  }

  scoreOf(node: FitNode | undefined): number {
    if (node === undefined) return 0;
    this.#look(node);
    return this.#scores[node.index] ?? 0;
  }

  /** The best node by what is known of the nodes themselves. */
  best(): FitNode | undefined {
    const { nodes, changes } = this.#state;
    const changed = this.#state.changedSince(this.#changes);
    this.#changes = changes;
    if (this.#tree === undefined || changed === undefined) {
      for (const node of nodes) this.#look(node);
      this.#tree = new ScoreTree(this.#scores, this.#ranks);
    } else
      for (const index of changed) {
        const node = nodes[index];
        if (node === undefined) continue;
        this.#look(node);
        this.#tree.update(index);
      }
    const best = this.#tree.best();
    return best === undefined ? undefined : nodes[best];
  }

  /** Looks at a node if its pods changed since the last time. */
  #look(node: FitNode): void {
    const { index, version } = node;
    if (this.#seen[index] === version) return;
    this.#seen[index] = version;
    const refusal = firstRefusal(this.#tests, node);
    this.#refusals[index] = refusal;
    this.#scores[index] = refusal === undefined ? this.#score(node) : -1;
  }
}

function hasUnwanted({ shape }: FitPod, { nodes }: ClusterState): boolean {
  const unwanted = unwantedTaints(shape);
  return nodes.some((node) => unwanted(node) > 0);
}

const BY_LEVEL = grouped(FILTERS, ({ hangsOn }) => hangsOn);

/** The filters of one level for a pod. */
export function filtersOf(
  pod: FitPod,
  state: ClusterState,
  level: (typeof FILTERS)[number]['hangsOn'],
): (NodeFilter | PodRefusal)[] {
  const found: (NodeFilter | PodRefusal)[] = [];
  for (const filter of BY_LEVEL.get(level) ?? []) {
    const own = filter.for(pod, state);
    if (own !== undefined) found.push(own);
  }
  return found;
}

export function firstRefusal(tests: readonly NodeFilter[], node: FitNode): Refusal | undefined {
  for (const test of tests) {
    const refusal = test(node);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
