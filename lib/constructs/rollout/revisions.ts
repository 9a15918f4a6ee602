import type { Fields } from '../core/fields';
import { asInteger, renderFields, shapesOf } from '../core/fields';
import type { Trait } from '../workloads/trait';

/** When a new pod counts as available, and how many revisions are kept. */
export interface RevisionProps {
  /** Seconds that a new pod must stay ready before it counts as available. @default 0, set by the API server */
  readonly minReady?: number;
  /** Number of old revisions kept for a rollback. @default 10, set by the API server */
  readonly revisionHistory?: number;
}

export const REVISION_FIELDS: Fields<RevisionProps> = {
  minReady: asInteger('minReadySeconds', 0),
  revisionHistory: asInteger('revisionHistoryLimit', 0),
};

/** `minReadySeconds` and `revisionHistoryLimit` of a Deployment, StatefulSet or DaemonSet. */
export const revisions: Trait<RevisionProps> = {
  shapes: shapesOf(REVISION_FIELDS),
  members: {},
  attach: (_, props) => ({ renderSpec: (report) => renderFields(props, REVISION_FIELDS, report) }),
};
