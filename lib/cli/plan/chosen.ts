import { recordIn } from '../../apiserver/defaults/plain';
import { identityKey, type KubeObject, type Manifest } from '../../manifest/manifest';
import { isStored } from './cluster-made';

/**
 * Fields of the spec that a cluster fills in by what it is set up with, not by defaults that are everywhere alike, so
 * that an object which was read from it has them, whoever wrote it.
 *
 * Source: the admission plugins DefaultStorageClass and DefaultIngressClass, the volume binder, and the scheduler.
 */
const CHOSEN: Readonly<Record<string, readonly string[]>> = {
  PersistentVolumeClaim: ['storageClassName', 'volumeName'],
  Ingress: ['ingressClassName'],
  Pod: ['nodeName', 'serviceAccountName', 'priority', 'preemptionPolicy'],
};

/**
 * What leaves out of an object what its cluster chose, where the same object in `after` leaves that to the cluster
 * again.
 */
export function withoutChosen(after: readonly Manifest[]): (before: Manifest) => Manifest {
  const named = after.filter(({ id }) => CHOSEN[id.kind] !== undefined);
  const next = new Map(named.map(({ id, object }) => [identityKey(id), object]));
  return (before) => {
    const fields = CHOSEN[before.id.kind];
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
