import type { ObjectId, Origin } from '../manifest/manifest';

/** Every severity, the worst first. */
export const SEVERITIES = ['error', 'warning', 'info'] as const;

/** How serious a finding is: an `error` prevents the object from working, the others do not. */
export type Severity = (typeof SEVERITIES)[number];

/** One problem that a check found in one object. */
export interface Finding {
  /** The rule that found it: `admission/required`. */
  readonly rule: string;
  readonly severity: Severity;
  readonly id: ObjectId;
  /** The path of the field as the API server writes it: `spec.ports[0].port`; empty for the whole object. */
  readonly path: string;
  /** What is wrong. */
  readonly message: string;
  /** How to fix it, if known. */
  readonly hint?: string;
  readonly origin?: Origin;
}
