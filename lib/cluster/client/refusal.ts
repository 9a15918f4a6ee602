import { SeaworthyError } from '../../errors';
import { recordsAt, textAt } from '../fields';

/** Why an API server did not do what it was asked: the `Status` that it answered with. */
export interface Refusal {
  /** HTTP code: 403, 409, 422. */
  readonly code: number;
  /** `AlreadyExists`, `Conflict`, `Invalid`, `Forbidden`; `Unknown` where the server gives none. */
  readonly reason: string;
  readonly message: string;
  /** What is wrong, field by field; for a conflict of managers, the fields and who holds them. */
  readonly causes: readonly Cause[];
}

/** `status.details.causes[]` of a Status. */
export interface Cause {
  /** `FieldValueInvalid`, `FieldManagerConflict`. */
  readonly reason: string;
  readonly message: string;
  /** `.spec.replicas`; empty where it is about the whole object. */
  readonly field: string;
}

/** Reads the body of an answer whose code says that something is wrong; it may be a proxy's page, too. */
export function refusalOf(code: number, body: unknown): Refusal {
  const page = typeof body === 'string' ? body.slice(0, 500) : '';
  return {
    code,
    reason: textAt(body, 'reason') || 'Unknown',
    message: textAt(body, 'message') || page || `HTTP ${code}`,
    causes: recordsAt(body, 'details', 'causes').map((cause) => ({
      reason: textAt(cause, 'reason'),
      message: textAt(cause, 'message'),
      field: textAt(cause, 'field'),
    })),
  };
}

/**
 * The error of a refusal that the caller can do nothing with.
 *
 * @throws SeaworthyError CLUSTER_FORBIDDEN or CLUSTER_FAILED, in the server's words
 */
export function failed({ code, message }: Refusal, what: string): never {
  throw new SeaworthyError({
    code: code === 403 ? 'CLUSTER_FORBIDDEN' : code === 401 ? 'CLUSTER_UNAUTHORIZED' : 'CLUSTER_FAILED',
    message: `cannot ${what}: ${message}`,
  });
}
