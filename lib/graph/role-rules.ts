import type { Manifest } from '../manifest/manifest';
import type { Field } from '../manifest/field';
import { objectsOf } from './objects';
import type { Cluster } from './cluster';

/** One rule of a role. */
export interface Grant {
  readonly manifest: Manifest;
  readonly rule: Field;
}

/** Every rule of the roles to judge. */
export function grants(cluster: Cluster): readonly Grant[] {
  return cluster.derived(rulesOfRoles);
}

function rulesOfRoles(cluster: Cluster): readonly Grant[] {
  return ['Role', 'ClusterRole']
    .flatMap((kind) => objectsOf(cluster, `rbac.authorization.k8s.io/${kind}`))
    .flatMap(({ manifest, root }) => root.child('rules').items.map((rule) => ({ manifest, rule })));
}

/** Whether a list grants everything. */
export function grantsAll(list: Field): boolean {
  return list.texts.includes('*');
}

/** Whether a rule grants a resource by its name. One that grants all of them is the concern of `policy/rbac-wildcard`. */
export function grantsOf(rule: Field, group: string, resource: string): boolean {
  const groups = rule.child('apiGroups').texts;
  return (groups.includes(group) || groups.includes('*')) && rule.child('resources').texts.includes(resource);
}
