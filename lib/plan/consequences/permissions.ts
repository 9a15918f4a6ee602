import type { Entry } from '../../graph/objects';
import { objectsOf } from '../../graph/objects';
import type { Cluster } from '../../graph/cluster';
import type { Field } from '../../manifest/field';

const RBAC = 'rbac.authorization.k8s.io';

/** What a subject may do by way of one binding. */
export interface Grant {
  /** `ServiceAccount shop/api`. */
  readonly subject: string;
  /** `get, list secrets in shop`, one for each resource of a rule. */
  readonly permission: string;
  /** Whether it reaches everything, or secrets, or permissions themselves. */
  readonly isSensitive: boolean;
  /** The objects that it comes by: the binding and the role, as `kind|namespace|name`. */
  readonly by: readonly string[];
}

/** Everything that the bindings of a subject grant, where the role is in the set as well. */
export function grantsIn(cluster: Cluster): readonly Grant[] {
  return cluster.derived(readGrants);
}

/** The key of an object in `Grant.by`. */
export function grantKey(kind: string, namespace: string | undefined, name: string): string {
  return `${kind}|${kind.startsWith('Cluster') ? '' : (namespace ?? 'default')}|${name}`;
}

function readGrants(cluster: Cluster): readonly Grant[] {
  const roles = new Map<string, Entry>();
  for (const kind of ['Role', 'ClusterRole']) {
    for (const role of objectsOf(cluster, `${RBAC}/${kind}`)) {
      roles.set(grantKey(kind, role.namespace, role.manifest.id.name), role);
    }
  }
  return ['RoleBinding', 'ClusterRoleBinding'].flatMap((kind) =>
    objectsOf(cluster, `${RBAC}/${kind}`).flatMap((binding) => grantsOf(kind, binding, roles)),
  );
}

function grantsOf(kind: string, binding: Entry, roles: ReadonlyMap<string, Entry>): Grant[] {
  const { manifest, namespace, root } = binding;
  const reference = root.child('roleRef');
  const role = grantKey(reference.child('kind').text, namespace, reference.child('name').text);
  const rules = roles.get(role)?.root.child('rules').items ?? [];
  const where = kind === 'RoleBinding' ? ` in ${namespace}` : ' in every namespace';
  const by = [grantKey(kind, namespace, manifest.id.name), role];
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

function permissionsOf(rule: Field, where: string): Pick<Grant, 'permission' | 'isSensitive'>[] {
  const verbs = [...rule.child('verbs').texts].sort().join(', ');
  const [groups, names] = [rule.child('apiGroups').texts, rule.child('resourceNames').texts];
  const only = names.length === 0 ? '' : ` named ${names.join(', ')}`;
  const resources = groups.flatMap((group) =>
    rule.child('resources').texts.map((resource) => ({
      permission: `${verbs} ${resource}${group === '' || group === '*' ? '' : `.${group}`}${only}${where}`,
      isSensitive: SENSITIVE.test(resource) || /\*|escalate|impersonate|bind/.test(verbs),
    })),
  );
  const urls = rule
    .child('nonResourceURLs')
    .texts.map((url) => ({ permission: `${verbs} ${url}`, isSensitive: false }));
  return [...resources, ...urls];
}
