import type { Keys } from '../core/props';
import { optional, integer } from '../core/props';
import type { Trait } from '../workloads/trait';

/** When a new pod counts as available, and how many revisions are kept. */
export interface RevisionProps {
  /** Seconds that a new pod must stay ready before it counts as available. @default 0, set by the API server */
  readonly minReady?: number;
  /** Number of old revisions kept for a rollback. @default 10, set by the API server */
  readonly revisionHistory?: number;
}

const KEYS: Keys<RevisionProps> = { minReady: true, revisionHistory: true };

/** `minReadySeconds` and `revisionHistoryLimit` of a Deployment, StatefulSet or DaemonSet. */
export const revisions: Trait<RevisionProps> = {
  keys: KEYS,
  members: {},
  attach: (_, { minReady, revisionHistory }) => ({
    renderSpec: (report) => ({
      ...optional('minReadySeconds', integer(minReady, 'minReady', 0, report)),
      ...optional('revisionHistoryLimit', integer(revisionHistory, 'revisionHistory', 0, report)),
    }),
  }),
};
