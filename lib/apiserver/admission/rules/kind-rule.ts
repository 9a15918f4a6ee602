import type { CheckedField } from '../checked-field';

/** What the API server asks of objects of one kind, beyond their schema and their metadata. */
export interface KindRule {
  /** Group and kind: `apps/Deployment`; `/Pod` for the core group. */
  readonly kind: string;
  /** What is asked, in a sentence. */
  readonly about: string;
  /** What the server also validates and this does not, in a sentence; absent if nothing. */
  readonly beyond?: string;
  /** @param object a decoded object, with its fixed defaults */
  readonly check: (object: CheckedField) => void;
}
