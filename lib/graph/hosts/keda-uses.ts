import type { Cluster } from '../cluster';
import { objectsOf } from '../objects';
import { worldOf } from '../references';
import type { HostUse } from './host-uses';
import { triggerHosts } from './keda-operator';

/** The hosts of Services that the triggers of a set name, for KEDA to call. */
export function kedaUses(cluster: Cluster): readonly HostUse[] {
  return cluster.derived(findUses);
}

function findUses(cluster: Cluster): readonly HostUse[] {
  return ['ScaledObject', 'ScaledJob']
    .flatMap((kind) => objectsOf(cluster, `keda.sh/${kind}`))
    .flatMap((entry) => triggerHosts(worldOf(cluster), entry));
}
