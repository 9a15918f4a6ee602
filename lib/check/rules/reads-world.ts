import type { Rule } from '../rule';

/** Rules of other groups that ask for the graph of references, or the index of all objects that it is made of. */
const OTHERS: ReadonlySet<string> = new Set([
  'policy/disruption-budget',
  'policy/exclusive-claim',
  'policy/rollout-downtime',
  'policy/single-replica',
  'policy/spread',
  'policy/unschedulable',
  'policy/unsatisfiable-spread',
]);

/** Whether a rule of ours asks for what objects mean to each other, as rules of wiring do. It decides where a rule runs, not whether. */
export function readsWorld({ name }: Rule): boolean {
  return name.startsWith('wiring/') || OTHERS.has(name);
}
