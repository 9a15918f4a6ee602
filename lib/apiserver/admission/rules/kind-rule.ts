import type { CheckedField } from '../checked-field';

/** The API server's validation of one kind, in addition to its schema and metadata. */
export interface KindRule {
  /** Group and kind: `apps/Deployment`; `/Pod` for the core group. */
  readonly kind: string;
  /** What is validated, in a sentence. */
  readonly about: string;
  /** What only the server validates, in a sentence; absent if nothing. */
  readonly beyond?: string;
  /** @param object a decoded object, with its fixed defaults */
  readonly check: (object: CheckedField) => void;
}
