import type { ApplyPlan } from '../../cluster/apply/types';
import type { Cluster } from '../../cluster/client/cluster';
import { MANAGER } from '../../cluster/apply/types';
import { PLAN_FORMATS } from '../../report/plan/formats';
import type { Paint } from '../../report/paint';
import type { Source } from '../cluster/manifests';
import { stayingLines, type Staying } from '../../report/staying';
import { counted } from '../../report/counts';
import { unfinishedLines } from '../../report/unfinished';
import { inert } from '../../text';
import { ownPackage } from '../project/own-package';

/** The plan as `seaworthy plan --live` prints it, and what stays of that which the application no longer has. */
export function planText(
  { changes, ...staying }: ApplyPlan,
  { name, server }: Cluster,
  source: Source,
  full: boolean,
  paint: Paint,
): string {
  const cluster = name || server;
  const [format] = PLAN_FORMATS;
  const plan = format.print(
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
  return [plan.trimEnd(), ...alikeText(staying.alike.length, paint), ...stayingText(staying), ''].join('\n');
}

/** That not each object was tried. */
function alikeText(count: number, paint: Paint): string[] {
  if (count === 0) return [];
  const told = `${counted(count, 'new object')} not tried in a dry run, since others that are alike were: --try-all tries each.`;
  return ['', paint.dim(told)];
}

function stayingText({ unfinished, ...staying }: Staying & Pick<ApplyPlan, 'unfinished'>): string[] {
  const left = unfinished === undefined ? [] : unfinishedLines(unfinished);
  const lines = [...stayingLines(staying), ...left];
  return lines.length === 0 ? [] : ['', inert(lines.join('\n'))];
}

/** Whether there is nothing to ask for. */
export function isNothing({ changes, untried, prune }: ApplyPlan): boolean {
  return changes.every(({ effect }) => effect === 'none') && untried.length === 0 && prune.length === 0;
}
