import { grouped, push } from '../kube/grouped';
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
export function rulesBeside(cluster: Cluster, rule: RoleRule): readonly RoleRule[] {
  return listsBeside(cluster, rule).flat();
}

/** Those of them that name a resource. */
export function* rulesBesideOn(cluster: Cluster, rule: RoleRule, resource: string): Iterable<RoleRule> {
  for (const list of listsBeside(cluster, rule)) yield* indexOf(list).byResource.get(resource) ?? [];
}

/**
 * Those of them that may grant all that `rule` is about: they name the one of its resources, or are about the one of its
 * objects, that the fewest are about.
 */
export function* rulesBesideOver(cluster: Cluster, rule: RoleRule): Iterable<RoleRule> {
  for (const list of listsBeside(cluster, rule)) {
    const { byResource, byName, nameless } = indexOf(list);
    const onResources = rule.resources.map(({ text }) => byResource.get(text) ?? []);
    const onNames = rule.names.map(({ text }) => [nameless, byName.get(text) ?? []]);
    let fewest: readonly (readonly RoleRule[])[] = [list];
    for (const some of [...onResources.map((each) => [each]), ...onNames])
      if (sizeOf(some) < sizeOf(fewest)) fewest = some;
    for (const some of fewest) yield* some;
  }
}

function sizeOf(lists: readonly (readonly RoleRule[])[]): number {
  return lists.reduce((sum, { length }) => sum + length, 0);
}

/** The rules beside a rule: of its role, and of the ClusterRole of its name. */
function listsBeside(cluster: Cluster, { manifest }: RoleRule): readonly (readonly RoleRule[])[] {
  const { own, clusterRoles } = cluster.derived(byRole);
  const same = own.get(manifest) ?? [];
  const ofName = clusterRoles.get(manifest.id.name);
  if (manifest.id.kind === 'ClusterRole') return [ofName ?? same];
  return ofName === undefined ? [same] : [same, ofName];
}

/** The rules of a role by what they are about. */
interface RuleIndex {
  readonly byResource: ReadonlyMap<string, readonly RoleRule[]>;
  readonly byName: ReadonlyMap<string, readonly RoleRule[]>;
  /** Those that are for all objects. */
  readonly nameless: readonly RoleRule[];
}

const indexes = new WeakMap<readonly RoleRule[], RuleIndex>();

function indexOf(rules: readonly RoleRule[]): RuleIndex {
  const known = indexes.get(rules) ?? {
    byResource: byText(rules, 'resources'),
    byName: byText(rules, 'names'),
    nameless: rules.filter(({ names }) => names.length === 0),
  };
  indexes.set(rules, known);
  return known;
}

function byText(rules: readonly RoleRule[], list: 'resources' | 'names'): Map<string, RoleRule[]> {
  const found = new Map<string, RoleRule[]>();
  for (const rule of rules)
    for (const text of new Set(rule[list].map((each) => each.text))) push(found, text, rule);
  return found;
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
