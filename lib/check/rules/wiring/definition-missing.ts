import { nearest } from '../../../errors';
import { software } from '../../../kube/custom/software';
import { grouped } from '../../../kube/grouped';
import { kindKey } from '../../../graph/objects';
import { groupOf, type Manifest } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import type { Cluster } from '../../../graph/cluster';
import { Field } from '../../../manifest/field';
import { isSlip } from '../../../kube/slip';

export const definitionMissing: Rule = {
  name: 'wiring/definition-missing',
  severity: 'error',
  about:
    'Finds custom resources without a CustomResourceDefinition if there is one that is a letter off, in the set or of well-known software: the same kind in another group, or another kind in the same group.',
  why: 'The API server does not know the kind and rejects the object.',
  run(cluster, report) {
    const known = [...definitionsOf(cluster), ...OF_SOFTWARE];
    const groupsOf = namesBy(known, 'kind', 'group');
    const kindsOf = namesBy(known, 'group', 'kind');
    const names = new Set(known.map(({ group, kind }) => `${group}/${kind}`));
    for (const manifest of cluster.set) {
      // Admission reports versions that are not served.
      if (names.has(kindKey(manifest))) continue;
      const problem = problemOf(manifest, groupsOf, kindsOf);
      if (problem !== undefined) report(manifest, problem.path, problem.message, problem.hint);
    }
  },
};

/** The kinds of well-known software, which a cluster has or has not. */
const OF_SOFTWARE: readonly Definition[] = Object.values(software).flatMap(({ kinds }) =>
  kinds.map((key) => ({ group: key.slice(0, key.indexOf('/')), kind: key.slice(key.indexOf('/') + 1) })),
);

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

function namesBy(
  known: readonly Definition[],
  key: keyof Definition,
  name: keyof Definition,
): Map<string, string[]> {
  const byKey = grouped(known, (each) => each[key]);
  return new Map([...byKey].map(([word, all]) => [word, all.map((each) => each[name])]));
}

interface Problem {
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

function problemOf(
  { id }: Manifest,
  groupsOf: ReadonlyMap<string, string[]>,
  kindsOf: ReadonlyMap<string, string[]>,
): Problem | undefined {
  const { apiVersion, kind } = id;
  const group = groupOf(apiVersion);
  const [here = [], alike = []] = [kindsOf.get(group), groupsOf.get(kind)];
  const nearGroup = nearest(group, alike);
  if (nearGroup !== undefined && group !== '' && isSlip(group, nearGroup))
    return {
      path: 'apiVersion',
      message: `no matches for kind "${kind}" in group "${group}"`,
      hint: `Did you mean "${nearGroup}"?`,
    };
  const nearKind = nearest(kind, here);
  // A definition of a kind that is only like it, such as TCPRoute for TLSRoute, says nothing.
  if (nearKind === undefined || !isSlip(kind, nearKind)) return undefined;
  return {
    path: 'kind',
    message: `no matches for kind "${kind}" in group "${group}"`,
    hint: `Did you mean "${nearKind}"?`,
  };
}
