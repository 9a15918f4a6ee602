import { permissionKey, type GrantedRole } from '../../../graph/permissions';
import { USER_ROLE_GROUPS } from '../../../graph/user-roles';
import { settledAfter } from '../settled';
import type { ConsequenceRule, Report, Step } from '../rule';
import { listing, told, type Told } from '../told';
import { kindOf } from '../words';
import { actions, isSensitive } from './actions';
import { Differences, type Difference, type SubjectDifference } from './differences';
import { partOf } from './user-roles';

const RBAC = 'rbac.authorization.k8s.io/';

/** Changes by the role or binding that they change. */
type Changed = ReadonlyMap<string, Step>;

export const permissions: ConsequenceRule = {
  kind: 'access',
  about: 'A subject gains or loses permissions.',
  run(steps, report) {
    const changed = changedSteps(steps.steps);
    if (changed.size === 0) return;
    const after = settledAfter(steps);
    const differences = new Differences(steps.before, after);
    for (const each of differences.of(after, steps.before, false)) gained(each, changed, report);
    const gone = accountsGone(steps.steps);
    const lost = differences.of(steps.before, after, true);
    const groups = lost.length === 0 ? [] : [...Differences.groupsIn(after)];
    for (const each of lost) {
      const heirs = /^User /.test(each.subject)
        ? groups.filter(([, roles]) => differences.covers(each.difference.lacking, roles))
        : [];
      losing(each, { changed, gone, groups: heirs.map(([group]) => group) }, report);
    }
  },
};

function changedSteps(steps: readonly Step[]): Changed {
  const changed = new Map<string, Step>();
  for (const step of steps) {
    const { id, effect, kept } = step.change;
    const isChanged = effect !== 'none' && effect !== 'rejected' && kindOf(step).startsWith(RBAC);
    if (isChanged && kept === undefined) changed.set(permissionKey(id.kind, id.namespace, id.name), step);
  }
  return changed;
}

/** ServiceAccounts that are deleted, with whatever they could do. */
function accountsGone(steps: readonly Step[]): ReadonlySet<string> {
  const deleted = steps.filter(
    (step) => step.change.effect === 'deleted' && kindOf(step) === '/ServiceAccount',
  );
  return new Set(
    deleted.map(({ change: { id } }) => `ServiceAccount ${id.namespace ?? 'default'}/${id.name}`),
  );
}

function gained(each: SubjectDifference, changed: Changed, report: Report): void {
  const { subject, difference, unknown } = each;
  const step = stepBehind(each, changed);
  if (step !== undefined && difference.lacking.length > 0)
    report(
      step,
      isSensitive(difference) ? 'warning' : 'info',
      told`${subject} can now ${actions(difference, 'now')}.`,
    );
  for (const [role, cause] of causesOf(unknown.here, changed)) {
    const severity = / (view|system:.*)$/.test(role.name) ? 'info' : 'warning';
    const part = partOf(role, unknown.there);
    const more = part === undefined ? '' : `, not only ${part}`;
    report(cause, severity, `${subject} can now do what ${role.name} allows${where(role)}${more}.`);
  }
}

interface Loss {
  readonly changed: Changed;
  readonly gone: ReadonlySet<string>;
  /** Groups that may do what a user no longer may. */
  readonly groups: readonly string[];
}

function losing(each: SubjectDifference, { changed, gone, groups }: Loss, report: Report): void {
  const { subject, difference, unknown } = each;
  const [who, severity] = gone.has(subject)
    ? [`${subject}, which is deleted,`, 'info' as const]
    : [subject, 'warning' as const];
  const step = stepBehind(each, changed);
  if (step !== undefined && difference.lacking.length > 0)
    report(
      step,
      severity,
      told`${who} can no longer ${actions(difference, 'no longer')}${unless(hedges(difference, unknown.there), groups)}.`,
    );
  for (const [role, cause] of causesOf(unknown.here, changed)) {
    const part = partOf(role, unknown.there);
    const rest = part === undefined ? '' : `, only ${part}`;
    report(cause, severity, `${who} can no longer do what ${role.name} allows${where(role)}${rest}.`);
  }
}

/**
 * The roles that may still allow what is lost. What `admin`, `edit` and `view` allow of resources of Kubernetes is known;
 * of others, they have what add-ons give them.
 */
function hedges({ lacking }: Difference, roles: readonly GrantedRole[]): readonly GrantedRole[] {
  if (roles.length === 0) return roles;
  const isKnown = lacking.every(({ missing }) =>
    missing.every(({ group }) => group !== undefined && USER_ROLE_GROUPS.has(group)),
  );
  return isKnown ? roles.filter(({ builtin }) => builtin.length === 0) : roles;
}

/** What may still allow what is lost. */
function unless(roles: readonly GrantedRole[], groups: readonly string[]): Told {
  const names = [...new Set(roles.map(({ name }) => name))];
  if (names.length > 0)
    return told`, unless ${listing(names, 3)} ${names.length === 1 ? 'allows' : 'allow'} it`;
  return groups.length === 0 ? told`` : told`, unless in ${listing(groups, 3)}`;
}

function where({ namespace }: GrantedRole): string {
  return namespace === undefined ? ' in every namespace' : ` in ${namespace}`;
}

/** The step that changes a binding or a role which a difference comes of. */
function stepBehind({ roles, difference }: SubjectDifference, changed: Changed): Step | undefined {
  const seen = new Set<string>();
  for (const { source, permission } of difference.lacking) {
    const { binding = '', role = '' } = roles[source] ?? {};
    const key = `${source} ${permission.role}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const step = changed.get(binding) ?? changed.get(permission.role) ?? changed.get(role);
    if (step !== undefined) return step;
  }
  return undefined;
}

/** Each role once, with the change of the binding that it comes of. */
function causesOf(roles: readonly GrantedRole[], changed: Changed): (readonly [GrantedRole, Step])[] {
  const found = new Map<string, readonly [GrantedRole, Step]>();
  for (const role of roles) {
    const step = changed.get(role.binding);
    const key = `${role.role} ${role.namespace ?? ''}`;
    if (step !== undefined && !found.has(key)) found.set(key, [role, step]);
  }
  return [...found.values()];
}
