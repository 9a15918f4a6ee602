import { grouped, push } from '../kube/grouped';
import type { Field } from '../manifest/field';
import type { Cluster } from './cluster';
import { bindingsIn, type Binding, type Subject } from './bindings';
import { roleRules, type RoleRule } from './role-rules';

/** What a rule of a role allows. */
export interface Permission {
  /** The resource or URL. */
  readonly target: string;
  /** The verbs, the names and the reach; all targets of a rule have the same one. With the target, it says it all. */
  readonly scope: string;
  /** `get, list secrets in shop`, one for each resource of a rule. */
  readonly action: string;
  /** Whether it reaches everything, or secrets, or permissions themselves. */
  readonly isSensitive: boolean;
}

/** A role that a subject has through one binding. */
export interface GrantedRole {
  /** The binding, as `permissionKey` has it. */
  readonly binding: string;
  /** The role, in the same way. */
  readonly role: string;
  /** The place of the binding among all. */
  readonly place: number;
  /** Everything that it allows there; every binding of the role with the same reach has the same list. */
  readonly permissions: readonly Permission[];
}

/**
 * The roles of each subject (`ServiceAccount shop/api`), where the set has the role: in the order of the bindings,
 * RoleBindings first. To list each permission of each subject would multiply subjects by rules.
 */
export function rolesBySubject(cluster: Cluster): ReadonlyMap<string, readonly GrantedRole[]> {
  return cluster.derived(readRoles);
}

/** The key of an object that grants permissions. */
export function permissionKey(kind: string, namespace: string | undefined, name: string): string {
  return `${kind}|${kind.startsWith('Cluster') ? '' : (namespace ?? 'default')}|${name}`;
}

function readRoles(cluster: Cluster): ReadonlyMap<string, readonly GrantedRole[]> {
  const rules = grouped(roleRules(cluster), ({ manifest: { id } }) =>
    permissionKey(id.kind, id.namespace, id.name),
  );
  const lists = new Map<string, readonly Permission[]>();
  const found = new Map<string, GrantedRole[]>();
  for (const [place, binding] of bindingsIn(cluster).entries()) {
    const granted = { ...roleOf(binding, rules, lists), place };
    if (granted.permissions.length === 0) continue;
    for (const subject of binding.subjects) push(found, describeSubject(subject), granted);
  }
  return found;
}

function roleOf(
  { manifest, namespace, role, isClusterWide }: Binding,
  rules: ReadonlyMap<string, readonly RoleRule[]>,
  lists: Map<string, readonly Permission[]>,
): Omit<GrantedRole, 'place'> {
  const key = permissionKey(role.kind, namespace, role.name);
  const where = isClusterWide ? ' in every namespace' : ` in ${namespace}`;
  const reach = `${key}${where}`;
  const permissions =
    lists.get(reach) ?? (rules.get(key) ?? []).flatMap((rule) => permissionsOf(rule, where));
  lists.set(reach, permissions);
  return { binding: permissionKey(manifest.id.kind, namespace, manifest.id.name), role: key, permissions };
}

function describeSubject({ kind, namespace, name }: Subject): string {
  return namespace === undefined ? `${kind} ${name.text}` : `${kind} ${namespace}/${name.text}`;
}

/** Resources that lead to more than they are. */
const SENSITIVE = /^(\*|secrets|pods\/exec|serviceaccounts\/token|(cluster)?role(binding)?s)$/;

function permissionsOf(rule: RoleRule, where: string): Permission[] {
  const [all, names] = [textsOf(rule.verbs).sort(), textsOf(rule.names)];
  const isWide = all.some((verb) => /\*|escalate|impersonate|bind/.test(verb));
  const verbs = listed(all);
  const only = names.length === 0 ? '' : ` named ${listed(names)}`;
  const scope = JSON.stringify([all, names, where]);
  const resources = rule.groups.flatMap((group) =>
    textsOf(rule.resources).map((resource) => {
      const target = `${resource}${group === '' || group === '*' ? '' : `.${group}`}`;
      const isSensitive = SENSITIVE.test(resource) || isWide;
      return { target, scope, action: `${verbs} ${target}${only}${where}`, isSensitive };
    }),
  );
  const anywhere = JSON.stringify(all);
  const urls = textsOf(rule.urls).map((url) => ({
    target: url,
    scope: anywhere,
    action: `${verbs} ${url}`,
    isSensitive: false,
  }));
  return [...resources, ...urls];
}

/** More verbs or names than this are counted. */
const MOST_LISTED = 20;

function listed(texts: readonly string[]): string {
  const rest = texts.length - MOST_LISTED;
  if (rest <= 0) return texts.join(', ');
  return `${texts.slice(0, MOST_LISTED).join(', ')} and ${rest} more`;
}

function textsOf(fields: readonly Field[]): string[] {
  return fields.map(({ text }) => text);
}
