import { decrypted } from './decrypted';
import type { ApplyMethod } from '../apiserver/apply/method';
import { clusterPairs } from '../graph/clusters';
import { readOptions } from '../manifest/foreign';
import { checkedSet, scopedBy, type ManifestSet } from '../manifest/set';
import { applyMethod } from './apply-methods';
import type { ClusterPlan, Plan } from './change';
import { inOrder } from './in-order';
import { planCluster } from './plan-cluster';

export interface PlanOptions {
  /**
   * The release of every cluster: `1.31`, `v1.31.4`.
   *
   * @default that of each environment's profile, else the newest that Seaworthy knows
   */
  readonly kubernetes?: string;
  /**
   * How the objects are applied: with `kubectl apply --server-side`, with `kubectl apply`, or with Helm 3.
   *
   * @default 'server-side'
   */
  readonly apply?: ApplyMethod;
}

/**
 * What happens in clusters that hold `before` when `after` is applied over it by whoever had applied `before`, and what
 * is no longer there is deleted: what becomes of each object as the API server sees it, and what follows from that for
 * pods, data, traffic and permissions. Each environment is a cluster of its own, unless one of the sets names none.
 *
 * @throws SeaworthyError UNKNOWN_KUBERNETES for a release that is not known; INVALID_PROP for an unknown way to apply; DUPLICATE_IDENTITY where one of the sets
 * holds an object twice; NOT_AN_OBJECT for what is no set
 */
export function plan(before: ManifestSet, after: ManifestSet, options: PlanOptions = {}): Plan {
  const given = [checkedSet(before, 'before'), checkedSet(after, 'after')] as const;
  const [old, now] = [scopedBy(...given), scopedBy(given[1], given[0])].map(decrypted) as [
    ManifestSet,
    ManifestSet,
  ];
  const { apply, ...facts } = readOptions(options, ['kubernetes', 'apply']);
  const method = applyMethod(apply);
  const clusters = clusterPairs(old, now, facts).map((pair): ClusterPlan => {
    const { environment } = pair.after;
    return {
      ...(environment !== undefined && { environment }),
      changes: planCluster({ ...pair, method }),
    };
  });
  return { changes: inOrder(clusters, old, now), clusters };
}
