import type { Target } from './reference';

/** Kinds that a cluster comes with: if no object of the kind is known, a name may still be right. */
const OF_THE_CLUSTER: ReadonlySet<string> = new Set([
  'storage.k8s.io/StorageClass',
  'networking.k8s.io/IngressClass',
  'gateway.networking.k8s.io/GatewayClass',
  'gateway.networking.k8s.io/Gateway',
  'networking.istio.io/Gateway',
  'cert-manager.io/ClusterIssuer',
  'external-secrets.io/ClusterSecretStore',
  'keda.sh/ClusterTriggerAuthentication',
]);

/** Kinds of which administrators and clouds may have added objects that no set of manifests has. */
const OF_ADMINISTRATORS: ReadonlySet<string> = new Set([
  ...OF_THE_CLUSTER,
  '/PersistentVolume',
  'node.k8s.io/RuntimeClass',
  'scheduling.k8s.io/PriorityClass',
  'storage.k8s.io/VolumeAttributesClass',
]);

/** Whether a cluster comes with objects of a kind. */
export function comesWithClusters({ group, kind }: Pick<Target, 'group' | 'kind'>): boolean {
  return OF_THE_CLUSTER.has(`${group}/${kind}`);
}

/** Whether a cluster may have objects of a kind in addition to those that are known. */
export function mayBeOfTheCluster({ group, kind }: Pick<Target, 'group' | 'kind'>): boolean {
  return OF_ADMINISTRATORS.has(`${group}/${kind}`);
}

/** Whether a name or kind holds a variable that is replaced when the manifest is applied: `${APP}` of Flux. */
export function hasVariable({ kind, name }: Pick<Target, 'kind' | 'name'>): boolean {
  return VARIABLE.test(name) || VARIABLE.test(kind);
}

const VARIABLE = /\$\{|\$\(|\{\{/;
