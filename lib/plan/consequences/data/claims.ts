import { recordIn, recordsIn } from '../../../apiserver/defaults/plain';
import type { Cluster } from '../../../graph/cluster';
import { knownOf, type Entry } from '../../../graph/objects';
import type { PlainRecord } from '../../../manifest/data';

/** The size that a claim requests. */
export function sizeOf(spec: PlainRecord): string {
  return String(recordIn(recordIn(spec, 'resources') ?? {}, 'requests')?.['storage']);
}

/** The storage class of a claim, in words. */
export function classOf(spec: PlainRecord): string {
  const name = spec['storageClassName'];
  if (name === '') return 'no StorageClass';
  return typeof name === 'string' ? `StorageClass ${name}` : 'the default StorageClass';
}

/** The class that a claim names, where the set has it. */
export function storageClassOf(claim: PlainRecord, cluster: Cluster): Entry | undefined {
  const className = claim['storageClassName'];
  return typeof className === 'string' ? cluster.derived(storageClasses).get(className) : undefined;
}

function storageClasses(cluster: Cluster): ReadonlyMap<string, Entry> {
  const known = knownOf(cluster, 'storage.k8s.io/StorageClass').toReversed();
  return new Map(known.map((entry) => [entry.manifest.id.name, entry]));
}

/** The reclaim policy of the volume of a claim, where its storage class is known. */
export function reclaimPolicy(claim: PlainRecord, cluster: Cluster): string | undefined {
  const storageClass = storageClassOf(claim, cluster);
  return storageClass === undefined ? undefined : storageClass.root.child('reclaimPolicy').text || 'Delete';
}

/** How many claims each pod of a StatefulSet has of its own. */
export function claimsPerPod(spec: PlainRecord): number {
  return recordsIn(spec, 'volumeClaimTemplates').length;
}

/** What deletes the claims of a StatefulSet: `whenDeleted` and `whenScaled`. */
export function retentionOf(spec: PlainRecord): PlainRecord {
  return recordIn(spec, 'persistentVolumeClaimRetentionPolicy') ?? {};
}
