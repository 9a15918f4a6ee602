import { addEach, type Score } from './score';

/**
 * Nodes that preferred node affinity asks for, by its weights.
 *
 * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/nodeaffinity/node_affinity.go Score 1.36
 */
export const nodeAffinityScore: Score = ({ preferredNodes }, _, nodes, totals) => {
  if (preferredNodes.length === 0) return;
  const sums = nodes.map(({ facts }) =>
    preferredNodes.reduce((sum, { takes, weight }) => sum + (takes(facts) ? weight : 0), 0),
  );
  const most = sums.reduce((max, each) => Math.max(max, each), 0);
  if (most === 0) return;
  addEach(totals, 2, (place) => Math.trunc((100 * (sums[place] ?? 0)) / most));
};
