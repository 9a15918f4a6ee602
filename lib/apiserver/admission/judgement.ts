import type { DroppedField } from '../gated-fields';
import type { FieldError } from './review';

/** The server's result for an object. */
export interface Judgement {
  /** The object as the server holds it: decoded and defaulted. */
  readonly value: unknown;
  /** Why the server rejects it; empty if it accepts it. */
  readonly violations: readonly FieldError[];
  /**
   * The fields that the server drops because features are off.
   *
   * @default none
   * @internal
   */
  readonly dropped?: readonly DroppedField[];
  /** Absent for an object of an unknown kind, which is not validated. */
  readonly isUnknown?: true;
}
