import { snapshotIn, type Snapshot } from '../../cluster/live/snapshot';
import { nearestRelease, type KubernetesRelease } from '../../kube/schema';
import type { Manifest } from '../../manifest/manifest';

/** What a cluster has, read now or before. */
export interface Seen extends Omit<Snapshot, 'kubernetes'> {
  readonly kubernetes: KubernetesRelease;
}

/** Manifests without the snapshots among them, and what these tell. */
export function withoutSnapshots(manifests: readonly Manifest[]): {
  readonly others: readonly Manifest[];
  readonly seen?: Seen;
} {
  const snapshot = snapshotIn(manifests);
  if (snapshot === undefined) return { others: manifests };
  return { others: [], seen: { ...snapshot, kubernetes: nearestRelease(snapshot.kubernetes) } };
}
