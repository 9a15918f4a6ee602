import type { ApplyPlan } from '../../cluster/apply/types';
import type { Cluster } from '../../cluster/client/cluster';
import { MANAGER } from '../../cluster/apply/types';
import { PLAN_FORMATS } from '../../report/plan/formats';
import type { Paint } from '../../report/paint';
import type { Source } from '../cluster/manifests';
import { ownPackage } from '../project/own-package';

/** The plan as `seaworthy plan --live` prints it. */
export function planText(
  { changes }: ApplyPlan,
  { name, server }: Cluster,
  source: Source,
  full: boolean,
  paint: Paint,
): string {
  const cluster = name || server;
  const [format] = PLAN_FORMATS;
  return format.print(
    {
      version: ownPackage().version,
      before: { name: cluster },
      after: { name: source.name },
      parts: [{ place: source.place, changes }],
      mode: 'change',
      apply: 'server-side',
      refused: [],
      full,
      live: { cluster, manager: MANAGER, removed: 'known', unread: [] },
    },
    paint,
  );
}

/** Whether there is nothing to ask for. */
export function isNothing({ changes, untried, prune }: ApplyPlan): boolean {
  return changes.every(({ effect }) => effect === 'none') && untried.length === 0 && prune.length === 0;
}
