import { scopeOf } from '../kube/kinds';
import { groupOf, type Manifest } from '../manifest/manifest';

/** The namespace in which kubectl creates an object without one, unless its context names another. */
export const CLIENTS_OWN = 'default';

/** Namespaces that every cluster has (kube-apiserver and kubeadm create them). */
export const SYSTEM_NAMESPACES: ReadonlySet<string> = new Set([
  'default',
  'kube-node-lease',
  'kube-public',
  'kube-system',
]);

/** The namespace of an object of any kind; a cluster-scoped object has none, see `World.find`. */
export function namespaceOf({ id }: Manifest): string {
  return id.namespace ?? CLIENTS_OWN;
}

/** Kinds of well-known software whose objects live in no namespace, among those that something refers to. */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  'cert-manager.io/ClusterIssuer',
  'external-secrets.io/ClusterExternalSecret',
  'external-secrets.io/ClusterSecretStore',
  'gateway.networking.k8s.io/GatewayClass',
  'keda.sh/ClusterTriggerAuthentication',
  'trust.cert-manager.io/Bundle',
]);

/** Whether an object lives in no namespace. Custom resources are taken for namespaced. */
export function isClusterScoped({ id }: Manifest): boolean {
  const scope = scopeOf(id.apiVersion, id.kind);
  if (scope !== undefined) return scope === 'Cluster';
  return CLUSTER_SCOPED.has(`${groupOf(id.apiVersion)}/${id.kind}`);
}
