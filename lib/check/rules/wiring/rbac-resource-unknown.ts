import { nearest } from '../../../errors';
import type { Rule } from '../../rule';
import { isClosed, type Resource } from '../../../kube/rbac/resources';
import { resourcesOf } from '../../../graph/api-resources';
import { grantsEvery, resourceRules, rulesBesideOn, type RoleRule } from '../../../graph/role-rules';
import type { Cluster } from '../../../graph/cluster';
import type { Field } from '../../../manifest/field';
import { choice } from '../../../graph/describe';
import { isSlip } from '../../../kube/slip';

export const rbacResourceUnknown: Rule = {
  name: 'wiring/rbac-resource-unknown',
  severity: 'error',
  about:
    'Finds role rules for unknown resources: singular or misspelled names, another API group, unknown subresources. In groups that CustomResourceDefinitions or aggregated APIs may add to, only what is nearly the name of a known one.',
  why: 'The rule is accepted but never matches, so the intended access is forbidden. The resources of the groups of Kubernetes are known; a subresource of another name is a warning there, since an application may ask for it in a SubjectAccessReview.',
  run(cluster, report) {
    const known = resourcesOf(cluster);
    const groups = new Set([...known.values()].map(({ group }) => group));
    for (const rule of resourceRules(cluster)) {
      // An unknown group may have a resource of any name.
      if (rule.groups.length === 0 || !rule.groups.every((group) => groups.has(group))) continue;
      for (const at of rule.resources) {
        const problem = problemOf(known, rule, at);
        if (problem === undefined || isGrantedBeside(cluster, known, rule, at.text)) continue;
        report(rule.manifest, at.path, problem.message, problem.hint, problem.severity);
      }
    }
  },
};

/** Whether another rule grants the same in its group: roles for old releases list both groups. */
function isGrantedBeside(
  cluster: Cluster,
  known: ReadonlyMap<string, Resource>,
  rule: RoleRule,
  resource: string,
): boolean {
  const [name = ''] = resource.split('/');
  for (const other of rulesBesideOn(cluster, rule, resource)) {
    const isElsewhere = (group: string): boolean =>
      !rule.groups.includes(group) && known.has(`${group}/${name}`) && grantsEvery(other, group, resource);
    if (other.groups.some(isElsewhere)) return true;
  }
  return false;
}

interface Problem {
  readonly message: string;
  readonly hint?: string | undefined;
  readonly severity?: 'warning';
}

function problemOf(
  known: ReadonlyMap<string, Resource>,
  { groups }: RoleRule,
  at: Field,
): Problem | undefined {
  const [name = '', subresource] = at.text.split('/');
  if (name === '*' || name === '') return undefined;
  const found = groups.flatMap((group) => known.get(`${group}/${name}`) ?? []);
  const areClosed = groups.every(isClosed);
  if (found.length === 0) {
    const hint = areClosed ? meant(known, groups, name) : slipOf(known, groups, name);
    if (hint === undefined && !areClosed) return undefined;
    return { message: `unknown resource "${name}" in ${groupWords(groups)}`, hint };
  }
  if (subresource === undefined || subresource === '*') return undefined;
  // `userextras/<key>` has any key.
  if (name === 'userextras' || found.some(({ subresources }) => subresources.has(subresource)))
    return undefined;
  return subresourceProblem(name, subresource, found, areClosed);
}

/** A subresource that is not known is a slip, or one that an application knows of that asks for it. */
function subresourceProblem(
  name: string,
  subresource: string,
  found: readonly Resource[],
  areClosed: boolean,
): Problem | undefined {
  const has = found.flatMap(({ subresources }) => [...subresources]);
  const near = has.find((each) => isSlip(subresource, each));
  const message = `"${name}" has no subresource "${subresource}"`;
  if (near !== undefined) return { message, hint: `Did you mean "${name}/${near}"?` };
  if (!areClosed) return undefined;
  const doubt = `${message}, but an application may ask for it in a SubjectAccessReview`;
  const useful = has.filter((each) => each !== FINALIZERS);
  return {
    message: doubt,
    hint: useful.length > 0 ? `Use ${choice(useful)}.` : 'Remove it: it grants nothing of Kubernetes.',
    severity: 'warning',
  };
}

/**
 * What owners are asked for to block a deletion, which no rule about something else is meant to grant.
 *
 * @source OwnerReferencesPermissionEnforcement of kube-apiserver
 */
const FINALIZERS = 'finalizers';

function groupWords(groups: readonly string[]): string {
  return groups.map((group) => (group === '' ? 'the core group' : `group "${group}"`)).join(' or ');
}

/** The resources of a group. */
interface OfGroup {
  readonly plurals: string[];
  readonly byAlias: Map<string, Resource>;
}

/** Resources by the names that they may be meant by. */
interface Names {
  readonly byGroup: ReadonlyMap<string, OfGroup>;
  readonly byPlural: ReadonlyMap<string, Resource>;
}

const read = new WeakMap<ReadonlyMap<string, Resource>, Names>();

function namesOf(known: ReadonlyMap<string, Resource>): Names {
  const names = read.get(known) ?? readNames([...known.values()]);
  read.set(known, names);
  return names;
}

function readNames(all: readonly Resource[]): Names {
  const byGroup = new Map<string, OfGroup>();
  const byPlural = new Map<string, Resource>();
  for (const resource of all) {
    const { group, plural } = resource;
    const own = byGroup.get(group) ?? { plurals: [], byAlias: new Map<string, Resource>() };
    byGroup.set(group, own);
    own.plurals.push(plural);
    if (!byPlural.has(plural)) byPlural.set(plural, resource);
    for (const alias of resource.aliases) if (!own.byAlias.has(alias)) own.byAlias.set(alias, resource);
  }
  return { byGroup, byPlural };
}

function* pluralsOf(groups: readonly (OfGroup | undefined)[]): Generator<string> {
  for (const group of groups) yield* group?.plurals ?? [];
}

/** A hint with the plural name, the right group, or the name with the nearest spelling. */
function meant(
  known: ReadonlyMap<string, Resource>,
  groups: readonly string[],
  name: string,
): string | undefined {
  const { byGroup, byPlural } = namesOf(known);
  const here = groups.map((group) => byGroup.get(group));
  const alias = here.flatMap((resources) => resources?.byAlias.get(name) ?? [])[0];
  if (alias !== undefined) return `Did you mean "${alias.plural}"?`;
  const elsewhere = byPlural.get(name);
  if (elsewhere !== undefined)
    return `It is in ${groupWords([elsewhere.group])}; set apiGroups: ['${elsewhere.group}'].`;
  const near = nearest(name, pluralsOf(here));
  return near === undefined ? undefined : `Did you mean "${near}"?`;
}

/** The same in a group of which not all resources are known: another name of one that is, or a letter off. */
function slipOf(
  known: ReadonlyMap<string, Resource>,
  groups: readonly string[],
  name: string,
): string | undefined {
  const { byGroup } = namesOf(known);
  const here = groups.map((group) => byGroup.get(group));
  const alias = here.flatMap((resources) => resources?.byAlias.get(name) ?? [])[0]?.plural;
  let compared = 0;
  for (const plural of alias === undefined ? pluralsOf(here) : [alias]) {
    if (plural === alias || isSlip(name, plural)) return `Did you mean "${plural}"?`;
    if (++compared >= MOST_COMPARED) break;
  }
  return undefined;
}

/** Names that are compared, as for a suggestion. */
const MOST_COMPARED = 500;
