import { isPlainRecord, ownValue, setOwn, type PlainRecord } from '../../manifest/data';
import { withKeys } from '../../manifest/with-keys';
import type { KubeMetadata, KubeObject } from '../../manifest/manifest';

/** Fields of `metadata` that the server sets. */
const SERVER_METADATA = new Set([
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
]);

/** Annotations that kubectl and the controllers of a cluster set. */
const CLUSTER_ANNOTATIONS = new Set([
  'deployment.kubernetes.io/revision',
  'deprecated.daemonset.template.generation',
  'kubectl.kubernetes.io/last-applied-configuration',
  'pv.kubernetes.io/bind-completed',
  'pv.kubernetes.io/bound-by-controller',
  'pv.kubernetes.io/provisioned-by',
  'volume.beta.kubernetes.io/storage-provisioner',
  'volume.kubernetes.io/selected-node',
  'volume.kubernetes.io/storage-provisioner',
]);

/** Finalizers that the cluster adds to protect objects in use. */
const CLUSTER_FINALIZERS = new Set([
  'customresourcecleanup.apiextensions.k8s.io',
  'kubernetes.io/pv-protection',
  'kubernetes.io/pvc-protection',
  'service.kubernetes.io/load-balancer-cleanup',
]);

/** Fields that a cluster sets on stored objects, by kind. */
const CHOSEN: ReadonlyMap<string, string> = new Map([
  ['PersistentVolume', 'claimRef'],
  ['PersistentVolumeClaim', 'volumeName'],
  ['Pod', 'nodeName'],
]);

/**
 * Annotations of a volume or claim whose binding is that of a controller: without one, somebody has written it.
 *
 * @source k8s.io/component-helpers storage/volume/pv_helpers.go AnnBoundByController, AnnDynamicallyProvisioned 1.36
 */
const BOUND = ['pv.kubernetes.io/bound-by-controller', 'pv.kubernetes.io/provisioned-by'];

/** Fields of a `claimRef` that a controller adds to one that somebody has written. */
const BOUND_CLAIM = new Set(['uid', 'resourceVersion']);

/**
 * `object` as in its manifest: without its status and the fields that the cluster adds. This makes the output of
 * `kubectl get -o yaml` comparable with what was applied.
 */
export function asWritten(object: KubeObject): PlainRecord {
  const { status: _status, metadata, spec, ...rest } = object;
  const isFromCluster = metadata['uid'] !== undefined;
  return withKeys(rest, {
    metadata: writtenMetadata(metadata),
    ...(spec !== undefined && { spec: isFromCluster ? writtenSpec(object) : spec }),
  });
}

/** The spec of an object that a cluster holds, without what the cluster chose. */
function writtenSpec({ kind, metadata, spec }: KubeObject): unknown {
  const field = CHOSEN.get(kind);
  if (field === undefined || !isPlainRecord(spec) || spec[field] === undefined) return spec;
  const { [field]: chosen, ...rest } = spec;
  if (!isWritten(kind, metadata, field)) return rest;
  // Where it says who has written what, that decides of each of them.
  if (kind !== 'PersistentVolume' || metadata['managedFields'] !== undefined) return spec;
  return { ...rest, [field]: withoutKeys(chosen, BOUND_CLAIM) };
}

/** Whether a field that a cluster chooses stands in the manifest of an object that it holds. */
function isWritten(kind: string, { annotations, managedFields }: KubeMetadata, field: string): boolean {
  if (kind !== 'Pod') return !BOUND.some((name) => ownValue(annotations, name) !== undefined);
  // A scheduler binds a pod, and writes no field of it.
  const managers: readonly unknown[] = Array.isArray(managedFields) ? managedFields : [];
  return managers.some(
    (entry) => ownValue(ownValue(ownValue(entry, 'fieldsV1'), 'f:spec'), `f:${field}`) !== undefined,
  );
}

function withoutKeys(value: unknown, keys: ReadonlySet<string>): unknown {
  if (!isPlainRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.has(key)));
}

function writtenMetadata(metadata: PlainRecord): PlainRecord {
  const copy: PlainRecord = {};
  for (const [key, value] of Object.entries(metadata)) {
    if (SERVER_METADATA.has(key)) continue;
    if (key === 'annotations' && isPlainRecord(value)) {
      const kept = Object.entries(value).filter(([name]) => !CLUSTER_ANNOTATIONS.has(name));
      copy[key] = Object.fromEntries(kept);
    } else if (key === 'finalizers' && Array.isArray(value)) {
      copy[key] = value.filter((name) => typeof name !== 'string' || !CLUSTER_FINALIZERS.has(name));
    } else setOwn(copy, key, value);
  }
  return copy;
}
