import type { Finding, Severity } from '../check/finding';
import type { Manifest, ObjectId, Origin } from '../manifest/manifest';
import type { DriftedField, HeldField } from './drift/drift';
import type { ConsequenceKind } from './consequences/kinds';
import type { Effect } from './effects';

/** One thing that follows from a change, beyond the change itself. */
export interface Consequence {
  readonly kind: ConsequenceKind;
  /** `error` where something is lost or breaks, `warning` where it may, `info` for what happens as it should. */
  readonly severity: Severity;
  /** One plain sentence, with the numbers and whole lists. */
  readonly message: string;
  /** The same with the first items of long lists and how many more there are; absent where no list is long. */
  readonly brief?: string;
}

/** A field that the server holds another value in; `(allocated)` stands for an address or port that it chooses. */
export interface ChangedField {
  /** As the API server writes it: `spec.template.spec.containers[0].image`. */
  readonly path: string;
  /** What was there, as the server has it; absent where there was nothing. Secrets are hidden: all values of a Secret, and what policy/literal-secret finds. */
  readonly before?: unknown;
  /** What will be there; absent where there will be nothing. */
  readonly after?: unknown;
}

/** What becomes of one object. */
export interface Change {
  readonly id: ObjectId;
  readonly effect: Effect;
  /** The fields that differ as the server sees them; none for an object that is created or deleted. */
  readonly fields: readonly ChangedField[];
  /** Where the object was declared, if that is known. */
  readonly origin?: Origin;
  readonly before?: Manifest;
  readonly after?: Manifest;
  /** Nothing is known of the kind: both sides were compared by their structure, without defaults and fixed fields. */
  readonly byStructure?: true;
  /** Whether it is so although the kind is one of well-known software: none of its releases takes the objects. */
  readonly fitsNoRelease?: true;
  /**
   * The software with its release, such as `KEDA 2.21`, whose definition of the kind was assumed: neither side has one. It is the
   * release of the profile, or the newest known that takes the objects of both sides.
   */
  readonly assumed?: string;
  /** Why the server refuses it, and the way out. */
  readonly reasons?: readonly Finding[];
  /** Why the object stays in the cluster although the new set does not have it: the annotation that says so. */
  readonly kept?: string;
  /** Why the object is not applied, whatever differs: the label or annotation that says so. */
  readonly notApplied?: string;
  /** Why the object is deleted and created again instead of changed: the annotation or field that says so. */
  readonly recreated?: string;
  /** Of an object that is created: the one that it takes the place of under another name; `fields` are what differs from it. */
  readonly replaces?: ObjectId;
  /** Of an object that is deleted: the one that takes its place under another name. */
  readonly replacedBy?: ObjectId;
  /** Of an object of a cluster: fields that somebody else set or changed there; absent where there is none. */
  readonly drift?: readonly DriftedField[];
  /** Of an object of a cluster: fields that are applied with another value than somebody else holds; absent where there is none. */
  readonly conflicts?: readonly HeldField[];
  readonly consequences: readonly Consequence[];
}

/** What becomes of the objects for one cluster. */
export interface ClusterPlan {
  /** The environment that the objects are for; absent where they name none. */
  readonly environment?: string;
  /** In the order of the new set; objects that are deleted come last, in their old order. */
  readonly changes: readonly Change[];
}

/** What applying one set of objects over another does. */
export interface Plan {
  /** The same by cluster: of no environment first, then by name of the environment. */
  readonly clusters: readonly ClusterPlan[];
  /** In the order of the new set; objects that are deleted come last, in their old order. */
  readonly changes: readonly Change[];
}
