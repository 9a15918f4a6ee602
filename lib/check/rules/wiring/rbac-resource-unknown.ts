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
    'Finds role rules for unknown resources: singular or misspelled names, another API group, unknown subresources. Ignores API groups that are not known.',
  why: 'The rule is accepted but never matches, so the intended access is forbidden.',
  run(cluster, report) {
    const known = resourcesOf(cluster);
    const groups = new Set([...known.values()].map(({ group }) => group));
    for (const grant of grantsOf(cluster)) {
      // An unknown group may have a resource of any name.
      if (grant.groups.length === 0 || !grant.groups.every((group) => groups.has(group))) continue;
      for (const at of grant.resources) {
        const problem = problemOf(known, grant, at);
        if (problem === undefined || isGrantedBeside(cluster, known, grant, at.text)) continue;
        report(grant.of, at.path, problem.message, problem.hint);
      }
    }
  },
};

/** Whether another rule grants the same in its group: roles for old releases list both groups. */
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
    // Not all resources of an open group need be defined here.
    if (hint === undefined && !groups.every(isClosed)) return undefined;
    return { message: `unknown resource "${name}" in ${groupWords(groups)}`, hint };
  }
  if (subresource === undefined || subresource === '*') return undefined;
  // `userextras/<key>` has any key.
  if (name === 'userextras' || found.some(({ subresources }) => subresources.has(subresource)))
    return undefined;
  const has = found.flatMap(({ subresources }) => [...subresources]);
  const near = nearest(subresource, has);
  const hint = near === undefined ? `Use ${choice(has)}.` : `Did you mean "${name}/${near}"?`;
  return { message: `"${name}" has no subresource "${subresource}"`, hint };
}

function groupWords(groups: readonly string[]): string {
  return groups.map((group) => (group === '' ? 'the core group' : `group "${group}"`)).join(' or ');
}

/** A hint with the plural name, the right group, or the name with the nearest spelling. */
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
    return `It is in ${groupWords([elsewhere.group])}; set apiGroups: ['${elsewhere.group}'].`;
  const near = nearest(
    name,
    here.map(({ plural }) => plural),
  );
  return near === undefined ? undefined : `Did you mean "${near}"?`;
}
