import { withKeys } from '../manifest/with-keys';
import type { Server } from '../apiserver/update/kind';
import type { Change } from './change';
import { consequencesOf } from './consequences/registry';
import type { Step } from './consequences/rule';
import { joinSuccessors } from './join-successors';
import { pairsOf } from './pairs';
import { stepsOf } from './steps/steps';
import { predecessorsOf } from './successors';
import type { Sides } from './world';

/** The changes of one cluster: in the order of the new set; objects that are deleted come last, in their old order. */
export function planCluster(sides: Sides): Change[] {
  return planWithSteps(sides).changes;
}

/** The changes of one cluster, with what each side is like as the server holds it, and that server. */
export interface PlanWithSteps {
  readonly changes: Change[];
  readonly steps: readonly Step[];
  readonly server: Server;
}

export function planWithSteps(sides: Sides): PlanWithSteps {
  const { before, after } = sides;
  const pairs = pairsOf(before.set, after.set);
  const decided = stepsOf(pairs, sides);
  const predecessors = predecessorsOf(pairs, before, after);
  const steps = joinSuccessors(decided.steps, predecessors, decided.server);
  const consequences = consequencesOf({ steps, before, after });
  const changes = steps.map((step) => withKeys(step.change, { consequences: consequences.get(step) ?? [] }));
  return { changes, steps, server: decided.server };
}
