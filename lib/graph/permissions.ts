import type { Field } from '../manifest/field';
import type { Cluster } from './cluster';
import { bindingsIn, type Binding, type Subject } from './bindings';
import { roleRules, type RoleRule } from './role-rules';

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
  const rules = new Map<string, RoleRule[]>();
  for (const rule of roleRules(cluster)) {
    const { kind, namespace, name } = rule.manifest.id;
    const key = permissionKey(kind, namespace, name);
    const known = rules.get(key);
    if (known === undefined) rules.set(key, [rule]);
    else known.push(rule);
  }
  return bindingsIn(cluster).flatMap((binding) => permissionsBy(binding, rules));
}

function permissionsBy(
  { manifest, namespace, role, subjects, isClusterWide }: Binding,
  rules: ReadonlyMap<string, readonly RoleRule[]>,
): Permission[] {
  const roleKey = permissionKey(role.kind, namespace, role.name);
  const where = isClusterWide ? ' in every namespace' : ` in ${namespace}`;
  const by = [permissionKey(manifest.id.kind, namespace, manifest.id.name), roleKey];
  const permissions = (rules.get(roleKey) ?? []).flatMap((rule) => permissionsOf(rule, where));
  return subjects.flatMap((subject) =>
    permissions.map((permission) => ({ ...permission, subject: describeSubject(subject), by })),
  );
}

function describeSubject({ kind, namespace, name }: Subject): string {
  return namespace === undefined ? `${kind} ${name.text}` : `${kind} ${namespace}/${name.text}`;
}

/** Resources that lead to more than they are. */
const SENSITIVE = /^(\*|secrets|pods\/exec|serviceaccounts\/token|(cluster)?role(binding)?s)$/;

function permissionsOf(rule: RoleRule, where: string): Pick<Permission, 'action' | 'isSensitive'>[] {
  const verbs = textsOf(rule.verbs).sort().join(', ');
  const only = rule.names.length === 0 ? '' : ` named ${textsOf(rule.names).join(', ')}`;
  const resources = rule.groups.flatMap((group) =>
    textsOf(rule.resources).map((resource) => ({
      action: `${verbs} ${resource}${group === '' || group === '*' ? '' : `.${group}`}${only}${where}`,
      isSensitive: SENSITIVE.test(resource) || /\*|escalate|impersonate|bind/.test(verbs),
    })),
  );
  const urls = textsOf(rule.urls).map((url) => ({ action: `${verbs} ${url}`, isSensitive: false }));
  return [...resources, ...urls];
}

function textsOf(fields: readonly Field[]): string[] {
  return fields.map(({ text }) => text);
}
