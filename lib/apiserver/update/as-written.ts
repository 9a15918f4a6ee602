import { isPlainRecord, type PlainRecord } from '../../manifest/data';
import type { KubeObject } from '../../manifest/manifest';

/** What the server itself writes into `metadata`. */
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

/** What kubectl and the controllers of a cluster write into annotations. */
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

/** Finalizers by which the cluster protects what is in use. */
const CLUSTER_FINALIZERS = new Set([
  'customresourcecleanup.apiextensions.k8s.io',
  'kubernetes.io/pv-protection',
  'kubernetes.io/pvc-protection',
  'service.kubernetes.io/load-balancer-cleanup',
]);

/** Fields that a cluster chooses for objects that it holds, by kind. */
const CHOSEN: Readonly<Record<string, string>> = {
  PersistentVolume: 'claimRef',
  PersistentVolumeClaim: 'volumeName',
  Pod: 'nodeName',
};

/**
 * `object` as somebody would have written it: without its status and what the cluster adds to it. What
 * `kubectl get -o yaml` prints becomes comparable with what was applied.
 */
export function asWritten(object: KubeObject): PlainRecord {
  const { status: _status, metadata, spec, ...rest } = object;
  const isFromCluster = metadata['uid'] !== undefined;
  return {
    ...rest,
    metadata: writtenMetadata(metadata),
    ...(spec !== undefined && { spec: isFromCluster ? without(spec, CHOSEN[object.kind]) : spec }),
  };
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
    } else copy[key] = value;
  }
  return copy;
}
