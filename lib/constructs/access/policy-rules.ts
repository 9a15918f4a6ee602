import { push } from '../../kube/grouped';
import { REQUEST_VERBS } from '../../kube/rbac/verbs';

/** Verbs on one resource or path, for all objects or for those of the names. */
export interface Permission {
  /** Absent for a path. */
  readonly group?: string;
  readonly resource: string;
  readonly verbs: readonly string[];
  /** @default all objects */
  readonly names?: readonly string[];
}

/** A rule of a Role, as Kubernetes has it. */
export interface PolicyRule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs: readonly string[];
}

/**
 * The rules of a role that allow `permissions` and nothing else: as few as possible, in an order of their own. A rule
 * allows each of its verbs on each of its resources, so that only what has equal verbs and names is in one rule.
 */
export function policyRules(permissions: readonly Permission[]): readonly PolicyRule[] {
  const byResource = new Map<string, Permission[]>();
  for (const each of permissions) push(byResource, JSON.stringify([each.group, each.resource]), each);
  const merged = [...byResource.values()].flatMap(mergedOf);
  const alike = new Map<string, Permission[]>();
  for (const each of merged) push(alike, JSON.stringify([each.group, each.verbs, each.names ?? null]), each);
  return [...alike.values()]
    .map(ruleOf)
    .sort((a, b) => (JSON.stringify(keyOf(a)) < JSON.stringify(keyOf(b)) ? -1 : 1));
}

/** What is allowed on one resource: all verbs for all objects, and then those of single objects, by equal verbs. */
function mergedOf(permissions: readonly Permission[]): Permission[] {
  const [{ group, resource } = { resource: '' }] = permissions;
  const of = { resource, ...(group === undefined ? {} : { group }) };
  const forAll = sortedVerbs(permissions.flatMap(({ names, verbs }) => (names === undefined ? verbs : [])));
  const byName = new Map<string, string[]>();
  for (const { names = [], verbs } of permissions)
    for (const name of names)
      for (const verb of verbs.filter((each) => !covers(forAll, each))) push(byName, name, verb);
  const byVerbs = new Map<string, string[]>();
  for (const [name, verbs] of byName) push(byVerbs, JSON.stringify(sortedVerbs(verbs)), name);
  const named = [...byVerbs].map(([verbs, names]) => ({
    ...of,
    verbs: JSON.parse(verbs) as string[],
    names: names.sort(),
  }));
  return [...(forAll.length === 0 ? [] : [{ ...of, verbs: forAll }]), ...named];
}

function ruleOf(permissions: readonly Permission[]): PolicyRule {
  const [{ group, verbs, names } = { group: undefined, verbs: [], names: undefined }] = permissions;
  const resources = permissions.map(({ resource }) => resource).sort();
  if (group === undefined) return { nonResourceURLs: resources, verbs };
  return { apiGroups: [group], resources, ...(names === undefined ? {} : { resourceNames: names }), verbs };
}

function keyOf(rule: PolicyRule): readonly string[] {
  const { apiGroups = ['~'], resources = [], resourceNames = [], nonResourceURLs = [] } = rule;
  return [...apiGroups, [...resources, ...nonResourceURLs].join(), resourceNames.join()];
}

function covers(verbs: readonly string[], verb: string): boolean {
  return verbs.includes(verb) || verbs.includes('*');
}

function sortedVerbs(verbs: readonly string[]): string[] {
  const all = [...new Set(verbs)];
  if (all.includes('*')) return ['*'];
  const rank = (verb: string): number =>
    REQUEST_VERBS.includes(verb) ? REQUEST_VERBS.indexOf(verb) : REQUEST_VERBS.length;
  return all.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
