import type { Consequence } from '../change';
import { access } from './access';
import { configuration } from './configuration';
import { data } from './data';
import { downtime } from './downtime';
import { identity } from './identity';
import { rejected } from './rejected';
import type { ConsequenceRule, Step, Steps } from './rule';
import { rollout } from './rollout';
import { scaling } from './scaling';
import { traffic } from './traffic';

/** Worst first. */
const RULES: readonly ConsequenceRule[] = [
  data,
  rejected,
  downtime,
  traffic,
  access,
  identity,
  scaling,
  configuration,
  rollout,
];

/** What follows from each step, worst first. */
export function consequencesOf(steps: Steps): ReadonlyMap<Step, readonly Consequence[]> {
  const found = new Map<Step, Consequence[]>();
  for (const { name: kind, run } of RULES) {
    run(steps, (step, severity, message) => {
      const consequence = { kind, severity, message };
      const list = found.get(step);
      if (list === undefined) found.set(step, [consequence]);
      else list.push(consequence);
    });
  }
  return found;
}

/** Every rule, for the reference page. */
export function consequenceRules(): readonly ConsequenceRule[] {
  return RULES;
}
