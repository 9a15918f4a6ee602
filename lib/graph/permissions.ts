import { grouped, push } from '../kube/grouped';
import type { Field } from '../manifest/field';
import { groupOf, type KubernetesRelease } from '../kube/schema';
import { aggregatedRoles } from './aggregated-roles';
import type { Cluster } from './cluster';
import { bindingsIn, type Binding, type Subject } from './bindings';
import { roleRules, type RoleRule } from './role-rules';
import { userRoleRules } from './user-roles';

const RBAC = 'rbac.authorization.k8s.io';

/** What a rule of a role allows on one resource or path. */
export interface Permission {
  /** The group of the resource, `*` for every group; absent for a path. */
  readonly group?: string;
  /** The resource with its subresource, or the path. */
  readonly target: string;
  readonly verbs: readonly string[];
  /** The objects that it is limited to; none where it is for all. */
  readonly names: readonly string[];
  /** Where; absent where it is everywhere. */
  readonly namespace?: string;
  /** The role whose rule this is, as `permissionKey` has it: another one than the role that is bound, where it is aggregated. */
  readonly role: string;
}

/** A role that a subject has through one binding. */
export interface GrantedRole {
  /** The binding, as `permissionKey` has it. */
  readonly binding: string;
  /** The role, in the same way, and for people: `ClusterRole view`. */
  readonly role: string;
  readonly name: string;
  /** Where; absent where it is everywhere. */
  readonly namespace?: string;
  /** Whether the set has the role, so that all of its permissions are known. */
  readonly isKnown: boolean;
  /** The place of the binding among all. */
  readonly place: number;
  /** Everything that it allows there; every binding of the role with the same reach has the same list. */
  readonly permissions: readonly Permission[];
  /** What it allows besides because every API server has it: of `admin`, `edit` and `view`. */
  readonly builtin: readonly Permission[];
}

/**
 * The roles of each subject (`ServiceAccount shop/api`): in the order of the bindings, RoleBindings first. To list each
 * permission of each subject would multiply subjects by rules.
 */
export function rolesBySubject(cluster: Cluster): ReadonlyMap<string, readonly GrantedRole[]> {
  return cluster.derived(readRoles);
}

/** The key of an object that grants permissions. */
export function permissionKey(kind: string, namespace: string | undefined, name: string): string {
  return `${kind}|${kind.startsWith('Cluster') ? '' : (namespace ?? 'default')}|${name}`;
}

/**
 * The groups that a subject is in, whoever it is: `Group system:serviceaccounts:shop`.
 *
 * Source: MakeGroupNames of apiserver `pkg/authentication/serviceaccount`, and AllAuthenticated of `pkg/authentication/user`.
 */
export function groupsOf(subject: string): readonly string[] {
  const account = /^ServiceAccount (.*)\//.exec(subject)?.[1];
  if (account !== undefined)
    return [
      `Group system:serviceaccounts:${account}`,
      'Group system:serviceaccounts',
      'Group system:authenticated',
    ];
  return subject === 'Group system:authenticated' || subject === 'User system:anonymous'
    ? []
    : ['Group system:authenticated'];
}

function readRoles(cluster: Cluster): ReadonlyMap<string, readonly GrantedRole[]> {
  const rules = rulesByRole(cluster);
  const lists = new Map<string, readonly Permission[]>();
  const found = new Map<string, GrantedRole[]>();
  for (const [place, binding] of bindingsIn(cluster).entries()) {
    const builtin = builtinOf(binding, rules, cluster.kubernetes);
    const granted = { ...roleOf(binding, rules, lists), builtin, place };
    if (granted.isKnown && granted.permissions.length === 0) continue;
    for (const subject of binding.subjects) push(found, describeSubject(subject), granted);
  }
  return found;
}

/** The rules of each role, those that it takes in from others included. */
interface RoleRules {
  readonly isKnown: boolean;
  readonly rules: readonly RoleRule[];
}

function rulesByRole(cluster: Cluster): (key: string, kind: string, name: string) => RoleRules {
  const own = grouped(roleRules(cluster), ({ manifest: { id } }) =>
    permissionKey(id.kind, id.namespace, id.name),
  );
  const taken = aggregatedRoles(cluster);
  const names = rolesIn(cluster);
  return (key, kind, name) => {
    const isKnown = names.has(key) || key === EVERYTHING;
    if (kind !== 'ClusterRole') return { isKnown, rules: own.get(key) ?? [] };
    const roles = taken.get(name) ?? [];
    return {
      isKnown,
      rules: roles.flatMap(({ id }) => own.get(permissionKey(id.kind, undefined, id.name)) ?? []),
    };
  };
}

/** The roles that the set has, as `permissionKey` has them. */
export function rolesIn(cluster: Cluster): ReadonlySet<string> {
  return cluster.derived(readNames);
}

function readNames({ set }: Cluster): ReadonlySet<string> {
  const roles = [...set].filter(
    ({ id }) => groupOf(id.apiVersion) === RBAC && (id.kind === 'Role' || id.kind === 'ClusterRole'),
  );
  return new Set(roles.map(({ id }) => permissionKey(id.kind, id.namespace, id.name)));
}

/** ClusterRole cluster-admin, which every API server makes and keeps (`bootstrappolicy/policy.go`). */
const EVERYTHING = permissionKey('ClusterRole', undefined, 'cluster-admin');

function roleOf(
  { manifest, namespace, role, isClusterWide }: Binding,
  rulesOf: ReturnType<typeof rulesByRole>,
  lists: Map<string, readonly Permission[]>,
): Omit<GrantedRole, 'place' | 'builtin'> {
  const key = permissionKey(role.kind, namespace, role.name);
  const where = isClusterWide ? {} : { namespace };
  const reach = `${key}|${isClusterWide ? '' : namespace}`;
  const { isKnown, rules } = rulesOf(key, role.kind, role.name);
  const permissions =
    lists.get(reach) ??
    (key === EVERYTHING && rules.length === 0
      ? everything(key, where)
      : rules.flatMap((rule) => permissionsOf(rule, where)));
  lists.set(reach, permissions);
  const name = `${role.kind} ${role.name}`;
  const binding = permissionKey(manifest.id.kind, namespace, manifest.id.name);
  return { binding, role: key, name, isKnown, permissions, ...where };
}

/** A role of the set replaces the one of the API server. */
function builtinOf(
  { namespace, role, isClusterWide }: Binding,
  rulesOf: ReturnType<typeof rulesByRole>,
  kubernetes: KubernetesRelease,
): Permission[] {
  const key = permissionKey(role.kind, namespace, role.name);
  if (role.kind !== 'ClusterRole' || rulesOf(key, role.kind, role.name).isKnown) return [];
  return userRoleRules(role.name, kubernetes).flatMap(({ group, resources, verbs }) =>
    resources.map((target) => ({
      group,
      target,
      verbs,
      names: [],
      role: key,
      ...(!isClusterWide && { namespace }),
    })),
  );
}

type Where = Pick<Permission, 'namespace'>;

function everything(role: string, where: Where): Permission[] {
  const all = { verbs: ['*'], names: [], role };
  const paths = where.namespace === undefined ? [{ ...all, target: '*' }] : [];
  return [{ ...all, ...where, group: '*', target: '*' }, ...paths];
}

/** The user that a ServiceAccount is to the API server (ServiceAccountUsernamePrefix of apiserver). */
const ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/;

function describeSubject({ kind, namespace, name: { text } }: Subject): string {
  const account = kind === 'User' ? ACCOUNT.exec(text) : null;
  if (account !== null) return `ServiceAccount ${account[1] ?? ''}/${account[2] ?? ''}`;
  return namespace === undefined ? `${kind} ${text}` : `${kind} ${namespace}/${text}`;
}

/** Paths are allowed by ClusterRoleBindings only: a request for one has no namespace. */
function permissionsOf(
  { manifest: { id }, groups, resources, ...rule }: RoleRule,
  where: Where,
): Permission[] {
  const [asked, names] = [textsOf(rule.verbs).sort(), textsOf(rule.names)];
  const verbs = asked.includes('*') ? ['*'] : asked;
  const role = permissionKey(id.kind, id.namespace, id.name);
  const targets = textsOf(resources);
  const allowed = groups.flatMap((group) =>
    targets.map((target) => ({ group, target, verbs, names, role, ...where })),
  );
  if (where.namespace !== undefined) return allowed;
  return [...allowed, ...textsOf(rule.urls).map((target) => ({ target, verbs, names: [], role }))];
}

function textsOf(fields: readonly Field[]): string[] {
  return fields.map(({ text }) => text);
}
