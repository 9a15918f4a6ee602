import type { ObjectId, Origin } from '../manifest/manifest';

/** How much a finding matters: an `error` stops the object from working, the rest does not. */
export type Severity = 'error' | 'warning' | 'info';

/** One thing that a check has to say about one object. */
export interface Finding {
  /** The rule that found it: `admission/required`. */
  readonly rule: string;
  readonly severity: Severity;
  readonly id: ObjectId;
  /** The field, as the API server writes it: `spec.ports[0].port`; empty for the object as a whole. */
  readonly path: string;
  /** What is wrong, in plain words. */
  readonly message: string;
  /** The way out, where there is one to name. */
  readonly hint?: string;
  readonly origin?: Origin;
}
