import { recordIn } from '../../apiserver/defaults/plain';
import { identityKey, type KubeObject, type Manifest } from '../../manifest/manifest';
import { isStored } from '../../graph/cluster-made';

/**
 * Fields of the spec that a cluster sets by its own configuration, not by defaults of the API, so that an object read
 * from the cluster has them even if its manifest does not.
 *
 * Source: the admission plugins DefaultStorageClass and DefaultIngressClass, the volume binder, and the scheduler.
 */
const CHOSEN: ReadonlyMap<string, readonly string[]> = new Map([
  ['PersistentVolumeClaim', ['storageClassName', 'volumeName']],
  ['Ingress', ['ingressClassName']],
  ['Pod', ['nodeName', 'serviceAccountName', 'priority', 'preemptionPolicy']],
]);

/**
 * Removes from an object of the cluster the fields that the cluster set, if the same object in `after` leaves them to
 * the cluster again.
 */
export function withoutChosen(after: readonly Manifest[]): (before: Manifest) => Manifest {
  const named = after.filter(({ id }) => CHOSEN.has(id.kind));
  const next = new Map(named.map(({ id, object }) => [identityKey(id), object]));
  return (before) => {
    const fields = CHOSEN.get(before.id.kind);
    if (fields === undefined || !isStored(before.object)) return before;
    const object = next.get(identityKey(before.id));
    if (object === undefined) return before;
    return { ...before, object: without(before.object, fields, recordIn(object, 'spec') ?? {}) };
  };
}

function without(object: KubeObject, fields: readonly string[], named: Record<string, unknown>): KubeObject {
  const spec = Object.entries(recordIn(object, 'spec') ?? {});
  const kept = spec.filter(([field]) => !fields.includes(field) || named[field] !== undefined);
  return { ...object, spec: Object.fromEntries(kept) };
}
