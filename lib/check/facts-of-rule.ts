import type { Rule } from './rule';

/** The description of a rule for reports and the reference. */
export type RuleFacts = Omit<Rule, 'run'>;
