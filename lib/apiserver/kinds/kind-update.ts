import type { CheckedField } from '../admission/checked-field';
import type { PlainRecord } from '../../manifest/data';

/**
 * How the API server stores and updates objects of one kind, in addition to defaults, admission rules and immutable
 * fields. The objects are decoded copies that the functions may change.
 */
export interface KindUpdate {
  /** Group and kind: `apps/StatefulSet`; `/Pod` for the core group. */
  readonly kind: string;
  /** The fields that an update can change, in a sentence for the reference page. */
  readonly about: string;
  /** Sets the server-allocated values of `live` to those in `after`: the server would accept no others. */
  readonly assume?: (live: PlainRecord, after: PlainRecord) => void;
  /** Converts an object to its stored form; `was` is the stored object. */
  readonly settle?: (object: PlainRecord, was?: PlainRecord) => void;
  /** Keeps the values that the server chose for `was`, where `now` does not set them. */
  readonly carry?: (now: PlainRecord, was: PlainRecord) => void;
  /** The paths that the server validates on create but not on update. */
  readonly onlyCreated?: RegExp;
  /** Rejects changes that an update must not make. */
  readonly check?: (now: CheckedField, was: CheckedField) => void;
}
