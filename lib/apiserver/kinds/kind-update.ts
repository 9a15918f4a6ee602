import type { CheckedField } from '../admission/checked-field';
import type { PlainRecord } from '../../manifest/data';

/**
 * What the API server does with objects of one kind when they are stored and updated, beyond defaults, the rules of
 * admission and its plainly immutable fields. The objects are decoded, and copies that the functions may change.
 */
export interface KindUpdate {
  /** Group and kind: `apps/StatefulSet`; `/Pod` for the core group. */
  readonly kind: string;
  /** Which of its fields an update may change, in a sentence for the reference page. */
  readonly about: string;
  /** Gives `live` the values that the server allocates, where `after` names them: it would accept no other. */
  readonly assume?: (live: PlainRecord, after: PlainRecord) => void;
  /** Brings an object into the form that is stored; `was` is what is stored already. */
  readonly settle?: (object: PlainRecord, was?: PlainRecord) => void;
  /** Keeps what the server had chosen for `was`, where `now` says nothing. */
  readonly carry?: (now: PlainRecord, was: PlainRecord) => void;
  /** The paths that the server looks at when an object is created, and no longer when it is updated. */
  readonly onlyCreated?: RegExp;
  /** Refuses what an update may not change. */
  readonly check?: (now: CheckedField, was: CheckedField) => void;
}
