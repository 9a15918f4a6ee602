import type { Field } from '../manifest/field';
import type { Cluster } from './cluster';
import { objectsOf, type Entry } from './objects';

const RBAC = 'rbac.authorization.k8s.io';

/** What a subject may do through one binding. */
export interface Permission {
  /** `ServiceAccount shop/api`. */
  readonly subject: string;
  /** `get, list secrets in shop`, one for each resource of a rule. */
  readonly action: string;
  /** Whether it reaches everything, or secrets, or permissions themselves. */
  readonly isSensitive: boolean;
  /** The objects that grant it: the binding and the role, as `permissionKey` has them. */
  readonly by: readonly string[];
}

/** Everything that the bindings of a set grant, where the role is in the set as well. */
export function permissionsIn(cluster: Cluster): readonly Permission[] {
  return cluster.derived(readPermissions);
}

/** The key of an object in `Permission.by`. */
export function permissionKey(kind: string, namespace: string | undefined, name: string): string {
  return `${kind}|${kind.startsWith('Cluster') ? '' : (namespace ?? 'default')}|${name}`;
}

function readPermissions(cluster: Cluster): readonly Permission[] {
  const roles = new Map<string, Entry>();
  for (const kind of ['Role', 'ClusterRole']) {
    for (const role of objectsOf(cluster, `${RBAC}/${kind}`)) {
      roles.set(permissionKey(kind, role.namespace, role.manifest.id.name), role);
    }
  }
  return ['RoleBinding', 'ClusterRoleBinding'].flatMap((kind) =>
    objectsOf(cluster, `${RBAC}/${kind}`).flatMap((binding) => permissionsBy(kind, binding, roles)),
  );
}

function permissionsBy(kind: string, binding: Entry, roles: ReadonlyMap<string, Entry>): Permission[] {
  const { manifest, namespace, root } = binding;
  const reference = root.child('roleRef');
  const role = permissionKey(reference.child('kind').text, namespace, reference.child('name').text);
  const rules = roles.get(role)?.root.child('rules').items ?? [];
  const where = kind === 'RoleBinding' ? ` in ${namespace}` : ' in every namespace';
  const by = [permissionKey(kind, namespace, manifest.id.name), role];
  const permissions = rules.flatMap((rule) => permissionsOf(rule, where));
  return root
    .child('subjects')
    .items.flatMap((subject) =>
      permissions.map((permission) => ({ ...permission, subject: subjectName(subject, namespace), by })),
    );
}

function subjectName(subject: Field, namespace: string): string {
  const [kind, name] = [subject.child('kind').text, subject.child('name').text];
  if (kind !== 'ServiceAccount') return `${kind} ${name}`;
  return `${kind} ${subject.child('namespace').text || namespace}/${name}`;
}

/** Resources that lead to more than they are. */
const SENSITIVE = /^(\*|secrets|pods\/exec|serviceaccounts\/token|(cluster)?role(binding)?s)$/;

function permissionsOf(rule: Field, where: string): Pick<Permission, 'action' | 'isSensitive'>[] {
  const verbs = [...rule.child('verbs').texts].sort().join(', ');
  const [groups, names] = [rule.child('apiGroups').texts, rule.child('resourceNames').texts];
  const only = names.length === 0 ? '' : ` named ${names.join(', ')}`;
  const resources = groups.flatMap((group) =>
    rule.child('resources').texts.map((resource) => ({
      action: `${verbs} ${resource}${group === '' || group === '*' ? '' : `.${group}`}${only}${where}`,
      isSensitive: SENSITIVE.test(resource) || /\*|escalate|impersonate|bind/.test(verbs),
    })),
  );
  const urls = rule
    .child('nonResourceURLs')
    .texts.map((url) => ({ action: `${verbs} ${url}`, isSensitive: false }));
  return [...resources, ...urls];
}
