import type { ApplyMethod } from '../apiserver/apply/method';
import type { Cluster } from '../graph/cluster';
import type { Change } from './change';
import { consequencesOf } from './consequences/registry';
import { joinSuccessors } from './join-successors';
import { pairsOf } from './pairs';
import { stepsOf } from './steps/steps';
import { predecessorsOf } from './successors';

/**
 * The changes of one cluster: in the order of the new set; objects that are deleted come last, in their old order.
 *
 * @param areApart whether the sides are two clusters, which are only compared
 */
export function planCluster(
  before: Cluster,
  after: Cluster,
  method?: ApplyMethod,
  areApart = false,
): Change[] {
  const pairs = pairsOf(before.set, after.set);
  const decided = stepsOf(pairs, { before, after, areApart, ...(method !== undefined && { method }) });
  const predecessors = predecessorsOf(pairs, before, after);
  const steps = joinSuccessors(decided.steps, predecessors, decided.server);
  const consequences = consequencesOf({ steps, before, after });
  return steps.map((step) => ({ ...step.change, consequences: consequences.get(step) ?? [] }));
}
