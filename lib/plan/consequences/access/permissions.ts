import { permissionKey, permissionsIn, type Permission } from '../../../graph/permissions';
import type { ConsequenceRule, Step } from '../rule';
import { kindOf } from '../words';

const RBAC = 'rbac.authorization.k8s.io/';

/** More permissions than this are counted. */
const MOST_TOLD = 3;

export const permissions: ConsequenceRule = {
  kind: 'access',
  about: 'A subject gains or loses permissions.',
  run({ steps, before, after }, report) {
    const changed = new Map<string, Step>();
    for (const step of steps) {
      const { id, effect } = step.change;
      const isChanged = effect !== 'none' && effect !== 'rejected' && kindOf(step).startsWith(RBAC);
      if (isChanged) changed.set(permissionKey(id.kind, id.namespace, id.name), step);
    }
    if (changed.size === 0) return;
    const [old, now] = [byAction(permissionsIn(before)), byAction(permissionsIn(after))];
    for (const [subject, gained] of missing(now, old)) {
      const step = stepBehind(gained, changed);
      const isSensitive = gained.some((permission) => permission.isSensitive);
      if (step !== undefined)
        report(step, isSensitive ? 'warning' : 'info', `${subject} can now ${actions(gained)}.`);
    }
    for (const [subject, lost] of missing(old, now)) {
      const step = stepBehind(lost, changed);
      if (step !== undefined) report(step, 'warning', `${subject} can no longer ${actions(lost)}.`);
    }
  },
};

function byAction(permissions: readonly Permission[]): ReadonlyMap<string, Permission> {
  return new Map(permissions.map((permission) => [`${permission.subject}|${permission.action}`, permission]));
}

/** By subject, what is in `some` and not in `others`. */
function missing(
  some: ReadonlyMap<string, Permission>,
  others: ReadonlyMap<string, Permission>,
): ReadonlyMap<string, readonly Permission[]> {
  const found = new Map<string, Permission[]>();
  for (const [key, permission] of some) {
    if (others.has(key)) continue;
    const list = found.get(permission.subject);
    if (list === undefined) found.set(permission.subject, [permission]);
    else list.push(permission);
  }
  return found;
}

function stepBehind(
  permissions: readonly Permission[],
  changed: ReadonlyMap<string, Step>,
): Step | undefined {
  for (const { by } of permissions) {
    const key = by.find((each) => changed.has(each));
    if (key !== undefined) return changed.get(key);
  }
  return undefined;
}

function actions(permissions: readonly Permission[]): string {
  const shown = permissions.slice(0, MOST_TOLD).map(({ action }) => action);
  const rest = permissions.length - shown.length;
  return rest === 0 ? shown.join('; ') : `${shown.join('; ')}; and ${rest} more`;
}
