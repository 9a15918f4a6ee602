import type { Rule } from '../../rule';
import { formatId, type Manifest } from '../../../manifest/manifest';
import { Field } from '../../../manifest/field';
import { worldOf } from '../../../graph/references';
import { selectorAt, selectsAll } from '../../../graph/selectors';
import { describeSelector } from '../../../graph/words';

/** Kinds that find their pods by a selector. Jobs get one of their own from the server. */
const SELECTING: ReadonlySet<string> = new Set(['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet']);

export const selectorsOverlap: Rule = {
  name: 'wiring/selectors-overlap',
  severity: 'error',
  about: 'Finds workloads whose selector matches the pods of another workload in the same namespace.',
  why: 'Kubernetes asks for selectors that do not overlap: an autoscaler counts the pods of both, and budgets, policies and people take one for the other.',
  run(cluster, report) {
    const world = worldOf(cluster);
    const told = new Map<Manifest, Set<Manifest>>();
    for (const manifest of cluster.set) {
      const own = world.podsOf(manifest);
      if (own === undefined || !isSelecting(manifest)) continue;
      const at = Field.root(manifest.object).at('spec', 'selector');
      const selector = selectorAt(at);
      if (selector === undefined || selectsAll(selector)) continue;
      const others = world.pods.select(selector, [own.namespace]).map(({ manifest: each }) => each);
      const other = others.find((each) => each !== manifest && isSelecting(each) && !isOne(each, manifest));
      // Two with equal selectors are one mistake.
      if (other === undefined || told.get(other)?.has(manifest) === true) continue;
      told.set(manifest, new Set(others));
      const message = `selects the pods of ${formatId(other.id)} as well, by ${describeSelector(selector)}`;
      report(manifest, at.path, message, 'Give both a label of their own in selector and template.');
    }
  },
};

function isSelecting({ id }: Manifest): boolean {
  return id.apiVersion === 'apps/v1' && SELECTING.has(id.kind);
}

/** One object that is in the set twice, or assumed as well, is told of elsewhere. */
function isOne(a: Manifest, b: Manifest): boolean {
  return a.id.kind === b.id.kind && a.id.name === b.id.name && a.id.namespace === b.id.namespace;
}
