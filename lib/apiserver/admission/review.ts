import type { FeatureGates } from '../../kube/feature-gates';
import type { KubernetesRelease } from '../../kube/schema';

/** Why the API server rejects a field. All but the first five are the reasons of its `causes`. */
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

/** One error, not yet assigned to an object. */
export interface FieldError {
  readonly reason: Reason;
  readonly path: string;
  readonly message: string;
  readonly hint?: string;
}

/** The context of validating one object, and the errors found. */
export interface Review {
  readonly kubernetes: KubernetesRelease;
  /**
   * The feature gates of the server.
   *
   * @default those of the release
   * @internal
   */
  readonly gates?: FeatureGates;
  readonly errors: FieldError[];
}
