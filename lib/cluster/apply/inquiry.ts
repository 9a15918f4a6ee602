import type { KubeObject, ObjectId } from '../../manifest/manifest';
import type { ManifestSet } from '../../manifest/set';
import type { Target } from './targets';
import type { FieldConflict } from './types';

/** What is asked for, before anything is written. */
export interface Inquiry {
  readonly targets: readonly Target[];
  /** What the set was before its objects got their places. */
  readonly given: ManifestSet;
  /** Objects of the application that are there, and may be in the set no longer. */
  readonly members: readonly KubeObject[];
  /** What was applied last, by `identityKey`. @default not known */
  readonly recorded?: ReadonlyMap<string, KubeObject> | undefined;
  readonly isRecreated: (id: ObjectId) => boolean;
  readonly mayTake: (conflict: FieldConflict) => boolean;
  /** Whether the server tries each new object, also of those that are alike. */
  readonly triesAll: boolean;
  readonly signal?: AbortSignal | undefined;
}
