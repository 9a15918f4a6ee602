import { permissionKey, rolesBySubject, type GrantedRole } from '../../../graph/permissions';
import type { ConsequenceRule, Step } from '../rule';
import { kindOf } from '../words';
import { Differences, type Difference } from './differences';

const RBAC = 'rbac.authorization.k8s.io/';

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
    const [old, now] = [rolesBySubject(before), rolesBySubject(after)];
    const differences = new Differences();
    for (const { subject, difference, roles } of differences.of(now, old)) {
      const step = stepBehind(roles, difference, changed);
      const { isSensitive } = difference;
      if (step !== undefined)
        report(step, isSensitive ? 'warning' : 'info', `${subject} can now ${actions(difference)}.`);
    }
    for (const { subject, difference, roles } of differences.of(old, now)) {
      const step = stepBehind(roles, difference, changed);
      if (step !== undefined) report(step, 'warning', `${subject} can no longer ${actions(difference)}.`);
    }
  },
};

/** The step that changes a binding or a role which a difference comes of. */
function stepBehind(
  roles: readonly GrantedRole[],
  { sources }: Difference,
  changed: ReadonlyMap<string, Step>,
): Step | undefined {
  for (const source of sources) {
    const { binding = '', role = '' } = roles[source] ?? {};
    const step = changed.get(binding) ?? changed.get(role);
    if (step !== undefined) return step;
  }
  return undefined;
}

function actions({ first, size }: Difference): string {
  const rest = size - first.length;
  const shown = first.map(({ action }) => action).join('; ');
  return rest === 0 ? shown : `${shown}; and ${rest} more`;
}
