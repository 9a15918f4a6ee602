import { check } from './check';
import type { Bench, Goal } from './goal';
import { growth } from './growth';
import { plan } from './plan';
import { start } from './start';
import { synth } from './synth';
import { upgrade } from './upgrade';
import { watch } from './watch';

/** All benches with goals, in the order of the table. */
export const BENCHES: readonly Bench[] = [start, check, plan, synth, watch, upgrade, growth];

/** All goals, in the order of the table. */
export const GOALS: readonly Goal[] = BENCHES.flatMap(({ goals }) => Object.values(goals));
