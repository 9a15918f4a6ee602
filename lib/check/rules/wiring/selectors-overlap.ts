import type { Rule } from '../../rule';
import { formatId, type Manifest } from '../../../manifest/manifest';
import { worldOf } from '../../../graph/references';
import { selectsAll, workloadSelector } from '../../../graph/selectors';
import { describeSelector } from '../../../graph/describe';

/** Kinds that find their pods by a selector. The server generates the selector of Jobs. */
const SELECTING: ReadonlySet<string> = new Set(['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet']);

export const selectorsOverlap: Rule = {
  name: 'wiring/selectors-overlap',
  severity: 'error',
  about: 'Finds workloads whose selector also matches the pods of another workload in the namespace.',
  why: 'Selectors must not overlap: autoscalers, budgets and policies count the pods of both.',
  run(cluster, report) {
    const world = worldOf(cluster);
    const reported = new Map<Manifest, Set<Manifest>>();
    for (const manifest of cluster.set) {
      const own = world.podsOf(manifest);
      if (own === undefined || !isSelecting(manifest)) continue;
      const { field, selector } = workloadSelector(own);
      if (selector === undefined || selectsAll(selector)) continue;
      const others = world.pods.select(selector, [own.namespace]).map(({ manifest: each }) => each);
      const other = others.find((each) => each !== manifest && isSelecting(each) && !isOne(each, manifest));
      // Two workloads with equal selectors are one mistake.
      if (other === undefined || reported.get(other)?.has(manifest) === true) continue;
      reported.set(manifest, new Set(others));
      const message = `selector ${describeSelector(selector)} also matches the pods of ${formatId(other.id)}`;
      report(manifest, field.path, message, 'Give each workload its own label in selector and template.');
    }
  },
};

function isSelecting({ id }: Manifest): boolean {
  return id.apiVersion === 'apps/v1' && SELECTING.has(id.kind);
}

/** wiring/duplicate-identity reports an object that is in the set twice; one may also be assumed. */
function isOne(a: Manifest, b: Manifest): boolean {
  return a.id.kind === b.id.kind && a.id.name === b.id.name && a.id.namespace === b.id.namespace;
}
