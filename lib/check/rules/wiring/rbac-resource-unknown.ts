import { nearest } from '../../../errors';
import type { Rule } from '../../rule';
import {
  allows,
  grantsBeside,
  grantsOf,
  isClosed,
  resourcesOf,
  type Grant,
  type Resource,
} from '../../../graph/grants';
import type { Cluster } from '../../../graph/cluster';
import type { Field } from '../../../manifest/field';
import { choice } from '../../../graph/words';

export const rbacResourceUnknown: Rule = {
  name: 'wiring/rbac-resource-unknown',
  severity: 'error',
  about:
    'Finds rules of roles about resources that there are not: singular or misspelled names, another API group, unknown subresources. Groups that nobody here defines are left alone.',
  why: 'The rule is accepted and never matches anything, so that the access that was meant is refused.',
  run(cluster, report) {
    const known = resourcesOf(cluster);
    const groups = new Set([...known.values()].map(({ group }) => group));
    for (const grant of grantsOf(cluster)) {
      // A group that is open to anybody may have a resource of any name.
      if (grant.groups.length === 0 || !grant.groups.every((group) => groups.has(group))) continue;
      for (const at of grant.resources) {
        const problem = problemOf(known, grant, at);
        if (problem === undefined || isGrantedBeside(cluster, known, grant, at.text)) continue;
        report(grant.of, at.path, problem.message, problem.hint);
      }
    }
  },
};

/** Whether another rule grants the same by the group that it is in: roles for old releases ask for both. */
function isGrantedBeside(
  cluster: Cluster,
  known: ReadonlyMap<string, Resource>,
  grant: Grant,
  resource: string,
): boolean {
  const [name = ''] = resource.split('/');
  return grantsBeside(cluster, grant).some((other) =>
    other.groups.some(
      (group) =>
        !grant.groups.includes(group) && known.has(`${group}/${name}`) && allows(other, group, resource),
    ),
  );
}

interface Problem {
  readonly message: string;
  readonly hint?: string | undefined;
}

function problemOf(known: ReadonlyMap<string, Resource>, { groups }: Grant, at: Field): Problem | undefined {
  const [name = '', subresource] = at.text.split('/');
  if (name === '*' || name === '') return undefined;
  const found = groups.flatMap((group) => known.get(`${group}/${name}`) ?? []);
  if (found.length === 0) {
    const hint = meant(known, groups, name);
    // Of an open group not all resources need be defined here.
    if (hint === undefined && !groups.every(isClosed)) return undefined;
    return { message: `there is no resource "${name}" in ${groupWords(groups)}`, hint };
  }
  if (subresource === undefined || subresource === '*') return undefined;
  // `userextras/<key>` is for keys of the user's own.
  if (name === 'userextras' || found.some(({ subresources }) => subresources.has(subresource)))
    return undefined;
  const has = found.flatMap(({ subresources }) => [...subresources]);
  const near = nearest(subresource, has);
  const hint = near === undefined ? `It has ${choice(has)}.` : `Did you mean "${name}/${near}"?`;
  return { message: `"${name}" has no subresource "${subresource}"`, hint };
}

function groupWords(groups: readonly string[]): string {
  return groups.map((group) => (group === '' ? 'the core group' : `the group "${group}"`)).join(' or ');
}

/** The plural of what is named otherwise, the group of what is elsewhere, or what is spelled nearly so. */
function meant(
  known: ReadonlyMap<string, Resource>,
  groups: readonly string[],
  name: string,
): string | undefined {
  const all = [...known.values()];
  const here = all.filter(({ group }) => groups.includes(group));
  const alias = here.find(({ aliases }) => aliases.includes(name));
  if (alias !== undefined) return `Did you mean "${alias.plural}"?`;
  const elsewhere = all.find(({ plural }) => plural === name);
  if (elsewhere !== undefined)
    return `It is in ${groupWords([elsewhere.group])}: write apiGroups: ['${elsewhere.group}'].`;
  const near = nearest(
    name,
    here.map(({ plural }) => plural),
  );
  return near === undefined ? undefined : `Did you mean "${near}"?`;
}
