import type { PodShape } from '../pods/shape';
import type { ClusterState } from '../state/cluster-state';
import type { DomainCounts } from '../state/pod-counter';
import type { HeldTerm } from '../state/held-terms';
import { addEach, type Score } from './score';

/** What required affinity of a running pod is worth (`hardPodAffinityWeight` of the default configuration). */
const OF_REQUIRED = 1;

/**
 * Nodes near to the pods that preferred affinity asks for and that prefer the pod, and far from those of anti-affinity.
 *
 * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/interpodaffinity/scoring.go Score, NormalizeScore 1.36
 */
export const interPodAffinityScore: Score = (shape, state, nodes, totals) => {
  const parts = weighted(shape, state).filter(({ counts }) => counts.total > 0);
  if (parts.length === 0) return;
  const sums = nodes.map((node) =>
    parts.reduce((sum, { counts, weight }) => sum + weight * counts.at(node), 0),
  );
  const least = sums.reduce((min, each) => Math.min(min, each), Infinity);
  const most = sums.reduce((max, each) => Math.max(max, each), -Infinity);
  if (most === least) return;
  addEach(totals, 2, (place) => Math.trunc(100 * (((sums[place] ?? 0) - least) / (most - least))));
};

interface Weighted {
  readonly counts: DomainCounts;
  readonly weight: number;
}

function weighted({ affinity, class: own }: PodShape, state: ClusterState): Weighted[] {
  const counts = (sign: 1 | -1) => (term: (typeof affinity.preferred)[number]) => ({
    counts: state.counts(term, term.topologyKey),
    weight: sign * term.weight,
  });
  return [
    ...affinity.preferred.map(counts(1)),
    ...affinity.preferredAnti.map(counts(-1)),
    ...state.held.accepting(own).map((held) => ({ counts: held.where, weight: weightOf(held) })),
  ].filter(({ weight }) => weight !== 0);
}

function weightOf({ hold, term }: HeldTerm): number {
  switch (hold) {
    case 'required':
      return OF_REQUIRED;
    case 'preferred':
      return term.weight;
    case 'preferredAnti':
      return -term.weight;
    case 'requiredAnti':
      return 0;
  }
}

/** Whether this score can tell nodes apart for a pod. */
export function hasAffinityScore(shape: PodShape, state: ClusterState): boolean {
  return weighted(shape, state).some(({ counts }) => counts.total > 0);
}
