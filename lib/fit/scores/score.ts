import type { PodShape } from '../pods/shape';
import type { ClusterState } from '../state/cluster-state';
import type { FitNode } from '../state/node';

/**
 * A score that compares the nodes that take a pod with each other. It adds to their totals, which are in the order of the
 * nodes, as much as its weight in the default profile says.
 *
 * @source k8s.io/kubernetes pkg/scheduler/apis/config/v1/default_plugins.go getDefaultPlugins 1.36
 */
export type Score = (
  shape: PodShape,
  state: ClusterState,
  nodes: readonly FitNode[],
  totals: Float64Array,
) => void;

/** Adds a score to each total. */
export function addEach(totals: Float64Array, weight: number, of: (place: number) => number): void {
  for (let place = 0; place < totals.length; place++)
    totals[place] = (totals[place] ?? 0) + weight * of(place);
}
