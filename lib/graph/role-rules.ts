import { grouped } from '../kube/grouped';
import type { Field } from '../manifest/field';
import type { Manifest } from '../manifest/manifest';
import type { Cluster } from './cluster';
import { objectsOf } from './objects';

const RBAC = 'rbac.authorization.k8s.io';

/** What a rule of a role grants. */
export interface Grant {
  /** The rule. */
  readonly field: Field;
  readonly groups: readonly string[];
  readonly resources: readonly Field[];
  readonly verbs: readonly Field[];
  /** The objects that it is limited to; none where it is for all. */
  readonly names: readonly Field[];
  readonly urls: readonly Field[];
}

/** A rule of a Role or ClusterRole. */
export interface RoleRule extends Grant {
  readonly manifest: Manifest;
}

/** Every rule of the roles to judge. */
export function roleRules(cluster: Cluster): readonly RoleRule[] {
  return cluster.derived(readRules);
}

/** Those about resources, not about URLs. */
export function resourceRules(cluster: Cluster): readonly RoleRule[] {
  return roleRules(cluster).filter(({ resources }) => resources.length > 0);
}

/** The rules of one role. */
export function rulesIn(role: Field): Grant[] {
  return role.list('rules').map((field) => ({
    field,
    groups: field.child('apiGroups').texts,
    resources: field.list('resources'),
    verbs: field.list('verbs'),
    names: field.list('resourceNames'),
    urls: field.list('nonResourceURLs'),
  }));
}

/**
 * The rules that may grant what `rule` does not: those of the same role, and of the ClusterRole of the same name,
 * which charts often add to a Role.
 */
export function rulesBeside(cluster: Cluster, { manifest }: RoleRule): readonly RoleRule[] {
  const { own, clusterRoles } = cluster.derived(byRole);
  const same = own.get(manifest) ?? [];
  if (manifest.id.kind === 'ClusterRole') return clusterRoles.get(manifest.id.name) ?? same;
  return [...same, ...(clusterRoles.get(manifest.id.name) ?? [])];
}

/** Whether a rule names a resource of a group. A rule for all resources (`*`) names none. */
export function grants({ groups, resources }: Grant, group: string, resource: string): boolean {
  return (groups.includes(group) || groups.includes('*')) && resources.some(({ text }) => text === resource);
}

/** Whether a rule grants a resource of a group with every name. */
export function grantsEvery(rule: Grant, group: string, resource: string): boolean {
  return rule.names.length === 0 && grants(rule, group, resource);
}

/** Whether a list of verbs, resources or URLs has everything in it. */
export function hasWildcard(list: readonly Field[]): boolean {
  return list.some(({ text }) => text === '*');
}

function readRules(cluster: Cluster): readonly RoleRule[] {
  const roles = ['Role', 'ClusterRole'].flatMap((kind) => objectsOf(cluster, `${RBAC}/${kind}`));
  return roles.flatMap(({ manifest, root }) => rulesIn(root).map((grant) => ({ manifest, ...grant })));
}

/** The rules about resources of each role, and of ClusterRoles by their name. */
function byRole(cluster: Cluster) {
  const rules = resourceRules(cluster);
  const ofClusterRoles = rules.filter(({ manifest }) => manifest.id.kind === 'ClusterRole');
  return {
    own: grouped(rules, ({ manifest }) => manifest),
    clusterRoles: grouped(ofClusterRoles, ({ manifest }) => manifest.id.name),
  };
}
