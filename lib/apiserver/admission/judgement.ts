import type { FieldError } from './review';

/** What the server makes of an object. */
export interface Judgement {
  /** What it holds of it: decoded, and with defaults as far as they are known. */
  readonly value: unknown;
  /** Why it refuses it; nothing where it does not. */
  readonly violations: readonly FieldError[];
  /** Absent where the object is of a kind that is neither built in nor defined, and so was not judged. */
  readonly isUnknown?: true;
}
