import type { FieldError } from './review';

/** What the server makes of an object. */
export interface Judgement {
  /** The object as the server holds it: decoded and defaulted. */
  readonly value: unknown;
  /** Why it refuses it; nothing where it does not. */
  readonly violations: readonly FieldError[];
  /** Absent where the object is of a kind that is neither built in nor defined, and so was not judged. */
  readonly isUnknown?: true;
}
