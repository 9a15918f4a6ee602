import type { Manifest } from '../manifest/manifest';
import type { ManifestSet } from '../manifest/set';
import type { Change, ClusterPlan } from './change';

/** The changes of all clusters: in the order of the new set; objects that are deleted come last, in their old order. */
export function inOrder(
  clusters: readonly ClusterPlan[],
  before: ManifestSet,
  after: ManifestSet,
): readonly Change[] {
  const changes = clusters.flatMap((cluster) => cluster.changes);
  if (clusters.length === 1) return changes;
  const [old, now] = [before, after].map(
    (set) => new Map<Manifest | undefined, number>([...set].map((manifest, index) => [manifest, index])),
  );
  const place = (change: Change): number =>
    now?.get(change.after) ?? after.size + (old?.get(change.before) ?? 0);
  return changes.toSorted((a, b) => place(a) - place(b));
}
