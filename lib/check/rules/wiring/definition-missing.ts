import { nearest } from '../../../errors';
import { grouped } from '../../../kube/grouped';
import { kindKey } from '../../../graph/objects';
import { groupOf, type Manifest } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import type { Cluster } from '../../../graph/cluster';
import { Field } from '../../../manifest/field';

export const definitionMissing: Rule = {
  name: 'wiring/definition-missing',
  severity: 'error',
  about:
    'Finds custom resources without a CustomResourceDefinition if a similar one exists: the same kind in another group, or a similar kind in the same group.',
  why: 'The API server does not know the kind and rejects the object.',
  run(cluster, report) {
    const known = definitionsOf(cluster);
    if (known.length === 0) return;
    const byKind = grouped(known, ({ kind }) => kind);
    const byGroup = grouped(known, ({ group }) => group);
    const names = new Set(known.map(({ group, kind }) => `${group}/${kind}`));
    for (const manifest of cluster.set) {
      // Admission reports versions that are not served.
      if (names.has(kindKey(manifest))) continue;
      const problem = problemOf(manifest, byKind, byGroup);
      if (problem !== undefined) report(manifest, problem.path, problem.message, problem.hint);
    }
  },
};

/** How many names are compared for a suggestion. */
const MOST_COMPARED = 500;

interface Definition {
  readonly group: string;
  readonly kind: string;
}

function definitionsOf({ set, assumed }: Cluster): Definition[] {
  return [...set, ...assumed]
    .filter(({ id }) => id.kind === 'CustomResourceDefinition')
    .flatMap(({ object, id }) => {
      const spec = Field.root(object).at('spec');
      const kind = spec.at('names', 'kind').text;
      // Admission reports a name that does not match the group.
      const groups = new Set([spec.at('group').text, id.name.slice(id.name.indexOf('.') + 1)]);
      return [...groups].map((group) => ({ group, kind }));
    });
}

interface Problem {
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

function problemOf(
  { id }: Manifest,
  byKind: ReadonlyMap<string, Definition[]>,
  byGroup: ReadonlyMap<string, Definition[]>,
): Problem | undefined {
  const { apiVersion, kind } = id;
  const group = groupOf(apiVersion);
  const [here = [], alike = []] = [byGroup.get(group), byKind.get(kind)];
  const nearGroup = nearest(
    group,
    alike.slice(0, MOST_COMPARED).map((each) => each.group),
  );
  if (nearGroup !== undefined && group !== '')
    return {
      path: 'apiVersion',
      message: `no matches for kind "${kind}" in group "${group}"`,
      hint: `Did you mean "${nearGroup}"?`,
    };
  const nearKind = nearest(
    kind,
    here.slice(0, MOST_COMPARED).map((each) => each.kind),
  );
  if (nearKind === undefined) return undefined;
  return {
    path: 'kind',
    message: `no matches for kind "${kind}" in group "${group}"`,
    hint: `Did you mean "${nearKind}"?`,
  };
}
