import { recordIn } from '../../apiserver/defaults/plain';
import type { KubeObject } from '../../manifest/manifest';
import { grantKey, grantsIn, type Grant } from './permissions';
import type { ConsequenceRule, Step, Steps, Report } from './rule';
import { kindOf, nameOf } from './workload';

export const access: ConsequenceRule = {
  name: 'access',
  about: 'Permissions that somebody gains or loses, and namespaces that let pods do more.',
  run(steps, report) {
    permissions(steps, report);
    for (const step of steps.steps) if (kindOf(step) === '/Namespace') podSecurity(step, report);
  },
};

const RBAC = 'rbac.authorization.k8s.io/';

/** More permissions than this are told by their number. */
const MOST_TOLD = 3;

function permissions({ steps, before, after }: Steps, report: Report): void {
  const changed = new Map<string, Step>();
  for (const step of steps) {
    const { id, effect } = step.change;
    const isChanged = effect !== 'none' && effect !== 'rejected' && kindOf(step).startsWith(RBAC);
    if (isChanged) changed.set(grantKey(id.kind, id.namespace, id.name), step);
  }
  if (changed.size === 0) return;
  const [old, now] = [byPermission(grantsIn(before)), byPermission(grantsIn(after))];
  const gained = missing(now, old);
  const lost = missing(old, now);
  for (const [subject, grants] of gained) {
    const step = stepBehind(grants, changed);
    const isSensitive = grants.some((grant) => grant.isSensitive);
    if (step !== undefined)
      report(step, isSensitive ? 'warning' : 'info', `${subject} may from now on ${listed(grants)}.`);
  }
  for (const [subject, grants] of lost) {
    const step = stepBehind(grants, changed);
    if (step !== undefined) report(step, 'warning', `${subject} may no longer ${listed(grants)}.`);
  }
}

function byPermission(grants: readonly Grant[]): ReadonlyMap<string, Grant> {
  return new Map(grants.map((grant) => [`${grant.subject}|${grant.permission}`, grant]));
}

/** By subject, what is in `some` and not in `others`. */
function missing(
  some: ReadonlyMap<string, Grant>,
  others: ReadonlyMap<string, Grant>,
): ReadonlyMap<string, readonly Grant[]> {
  const found = new Map<string, Grant[]>();
  for (const [key, grant] of some) {
    if (others.has(key)) continue;
    const list = found.get(grant.subject);
    if (list === undefined) found.set(grant.subject, [grant]);
    else list.push(grant);
  }
  return found;
}

function stepBehind(grants: readonly Grant[], changed: ReadonlyMap<string, Step>): Step | undefined {
  for (const { by } of grants) {
    const key = by.find((each) => changed.has(each));
    if (key !== undefined) return changed.get(key);
  }
  return undefined;
}

function listed(grants: readonly Grant[]): string {
  const told = grants.slice(0, MOST_TOLD).map(({ permission }) => permission);
  const rest = grants.length - told.length;
  return rest === 0 ? told.join('; ') : `${told.join('; ')}; and ${rest} more`;
}

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const LEVELS = ['privileged', 'baseline', 'restricted'];

function podSecurity(step: Step, report: Report): void {
  const { before, after, effect } = step.change;
  if (before === undefined || after === undefined || effect !== 'updated') return;
  const [old, now] = [levelOf(before.object), levelOf(after.object)];
  const fall = LEVELS.indexOf(old) - LEVELS.indexOf(now);
  if (fall > 0)
    report(step, 'warning', `${nameOf(step)} lowers its Pod Security level from ${old} to ${now}.`);
  if (fall < 0)
    report(
      step,
      'warning',
      `${nameOf(step)} raises its Pod Security level from ${old} to ${now}: pods that run go on, and new ones that ask for more are refused.`,
    );
}

function levelOf({ metadata }: KubeObject): string {
  const level = recordIn(metadata, 'labels')?.[ENFORCE];
  return typeof level === 'string' && LEVELS.includes(level) ? level : 'privileged';
}
