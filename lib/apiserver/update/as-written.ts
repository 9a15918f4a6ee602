import { isPlainRecord, setOwn, type PlainRecord } from '../../manifest/data';
import { withKeys } from '../../manifest/with-keys';
import type { KubeObject } from '../../manifest/manifest';

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
 * `object` as in its manifest: without its status and the fields that the cluster adds. This makes the output of
 * `kubectl get -o yaml` comparable with what was applied.
 */
export function asWritten(object: KubeObject): PlainRecord {
  const { status: _status, metadata, spec, ...rest } = object;
  const isFromCluster = metadata['uid'] !== undefined;
  return withKeys(rest, {
    metadata: writtenMetadata(metadata),
    ...(spec !== undefined && { spec: isFromCluster ? without(spec, CHOSEN.get(object.kind)) : spec }),
  });
}

function without(spec: unknown, field: string | undefined): unknown {
  if (field === undefined || !isPlainRecord(spec)) return spec;
  const { [field]: _, ...rest } = spec;
  return rest;
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
