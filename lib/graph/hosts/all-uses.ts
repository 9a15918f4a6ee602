import type { Cluster } from '../cluster';
import { podsOf } from '../pods';
import { worldOf } from '../references';
import { hostUsesOf, type HostUse } from './host-uses';

/** The hosts of Services that the pods of a set name, in its order: those that there are, and those that may be missing. */
export function hostUses(cluster: Cluster): readonly HostUse[] {
  return cluster.derived(findUses);
}

function findUses(cluster: Cluster): readonly HostUse[] {
  const world = worldOf(cluster);
  return podsOf(cluster).flatMap((pods) => hostUsesOf(world, pods));
}
