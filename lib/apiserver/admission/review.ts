import type { KubernetesRelease } from '../../kube/schema';

/** Why the API server refuses a field. All but the first five are the reasons of its `causes`. */
export type Reason =
  | 'not-an-object'
  | 'unserved-kind'
  | 'unknown-field'
  | 'wrong-type'
  | 'malformed'
  | 'required'
  | 'invalid'
  | 'not-supported'
  | 'duplicate'
  | 'forbidden'
  | 'not-found'
  | 'too-long'
  | 'too-many';

/** One refusal, before it is known which object it belongs to. */
export interface FieldError {
  readonly reason: Reason;
  readonly path: string;
  readonly message: string;
  readonly hint?: string;
}

/** What one look at one object has to know, and what it has found. */
export interface Review {
  readonly kubernetes: KubernetesRelease;
  readonly errors: FieldError[];
}
