import { besides } from '../../cluster/live/snapshot';
import { radiusOf } from '../../draw/blast';
import { Cluster } from '../../graph/cluster';
import type { ClusterPair } from '../../graph/clusters';
import { ManifestSet, scopedBy } from '../../manifest/set';
import type { PlanOptions } from '../../plan/plan';
import { planCluster } from '../../plan/plan-cluster';
import type { PlanPart, PlanReport } from '../../report/plan/report';
import type { Comparison, Side } from './side';

/**
 * Plans each cluster. Both sides are split by cluster already, by their places.
 *
 * @param options the release for all clusters, instead of the configured ones, and how the objects are applied
 * @throws SeaworthyError UNKNOWN_KUBERNETES, DUPLICATE_IDENTITY
 */
export function planParts(
  comparison: Comparison,
  mode: PlanReport['mode'],
  { kubernetes, apply, around }: PlanOptions & Around = {},
): PlanPart[] {
  return pairsOf(comparison, kubernetes, around).map(({ place, before, after }) => {
    const areApart = mode === 'difference';
    const changes = planCluster({ before, after, areApart, ...(apply !== undefined && { method: apply }) });
    if (mode === 'change') return { place, changes, blast: () => radiusOf({ before, after, changes }) };
    // Two environments exist side by side: neither replaces the other.
    return { place, changes: changes.map((change) => ({ ...change, consequences: [] })) };
  });
}

/** What clusters have in addition to both sides. */
export interface Around {
  readonly around?: ManifestSet;
}

/** The cluster of each place before and after, with its configuration. */
export function pairsOf(
  { before, after, clusters }: Comparison,
  kubernetes: string | undefined,
  around = ManifestSet.from([]),
): (ClusterPair & { readonly place: string })[] {
  const places = new Set([...after.places.keys(), ...before.places.keys()]);
  return [...places].map((place) => {
    const facts = clusters.get(place);
    const release = kubernetes ?? facts?.kubernetes;
    const options = release === undefined ? {} : { kubernetes: release };
    const clusterOf = (set: ManifestSet, other: ManifestSet): Cluster => {
      const assume = besides(around, [...set, ...other]);
      return new Cluster(scopedBy(set, other, assume), facts?.profile, { ...options, assume });
    };
    const setOf = ({ places: sets }: Side): ManifestSet => ManifestSet.from(sets.get(place) ?? []);
    const [old, now] = [setOf(before), setOf(after)];
    return { place, before: clusterOf(old, now), after: clusterOf(now, old) };
  });
}
