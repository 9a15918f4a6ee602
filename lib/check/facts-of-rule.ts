import type { Severity } from './finding';
import type { Example } from './rule';

/** The description of a rule for reports and the reference. */
export interface RuleFacts {
  readonly name: string;
  readonly severity: Severity;
  readonly strict?: boolean;
  /** What it finds, in one sentence. */
  readonly about: string;
  /** Why that matters. */
  readonly why: string;
  readonly example?: Example;
}
