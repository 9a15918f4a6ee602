import type { ObjectId, Origin } from '../manifest/manifest';

/** Every severity, the worst first. */
export const SEVERITIES = ['error', 'warning', 'info'] as const;

/** How much a finding matters: an `error` stops the object from working, the rest does not. */
export type Severity = (typeof SEVERITIES)[number];

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
