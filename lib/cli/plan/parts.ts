import { Cluster } from '../../graph/cluster';
import { ManifestSet } from '../../manifest/set';
import { planCluster } from '../../plan/plan';
import type { PlanPart, PlanReport } from '../../report/plan/report';
import type { Comparison, Side } from './side';

/**
 * Plans each cluster. Both sides are split by cluster already, by their places.
 *
 * @param kubernetes the release of all clusters, instead of the known ones
 * @throws SeaworthyError UNKNOWN_KUBERNETES, DUPLICATE_IDENTITY
 */
export function planParts(
  { before, after, kubernetes: releases }: Comparison,
  mode: PlanReport['mode'],
  kubernetes: string | undefined,
): PlanPart[] {
  const places = new Set([...after.places.keys(), ...before.places.keys()]);
  return [...places].map((place) => {
    const release = kubernetes ?? releases.get(place);
    const clusterOf = ({ places }: Side): Cluster =>
      new Cluster(ManifestSet.from(places.get(place) ?? []), {}, { ...(release && { kubernetes: release }) });
    const changes = planCluster(clusterOf(before), clusterOf(after));
    // Two environments exist side by side: neither replaces the other.
    const shown = mode === 'change' ? changes : changes.map((change) => ({ ...change, consequences: [] }));
    return { place, changes: shown };
  });
}
