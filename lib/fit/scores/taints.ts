import { toleration } from '../filters/taint-toleration';
import type { PodShape } from '../pods/shape';
import type { FitNode } from '../state/node';
import { addEach, type Score } from './score';

/**
 * Nodes with fewer taints of effect PreferNoSchedule that the pod does not tolerate.
 *
 * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/tainttoleration/taint_toleration.go Score 1.36
 */
export const taintScore: Score = (shape, { hasPreferredTaints }, nodes, totals) => {
  // All nodes would get the same.
  if (!hasPreferredTaints) return;
  const count = unwantedTaints(shape);
  const counts = nodes.map(count);
  const most = counts.reduce((max, each) => Math.max(max, each), 0);
  addEach(totals, 3, (place) => (most === 0 ? 100 : 100 - Math.trunc((100 * (counts[place] ?? 0)) / most)));
};

/** How many taints of a node a pod would rather not have. */
export function unwantedTaints({ tolerations }: PodShape): (node: FitNode) => number {
  const isTolerated = toleration(
    tolerations.filter((each) => ['', 'PreferNoSchedule'].includes(each.child('effect').text)),
  );
  return ({ facts: { taints } }) =>
    taints.reduce(
      (sum, taint) => sum + (taint.effect === 'PreferNoSchedule' && !isTolerated(taint) ? 1 : 0),
      0,
    );
}
