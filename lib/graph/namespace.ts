import { scopeOf } from '../kube/kinds';
import { groupOf, type Manifest } from '../manifest/manifest';

/** Where kubectl puts an object that names no namespace, unless it is told otherwise. */
export const CLIENTS_OWN = 'default';

/** Namespaces that every cluster has (kube-apiserver and kubeadm create them). */
export const SYSTEM_NAMESPACES: ReadonlySet<string> = new Set([
  'default',
  'kube-node-lease',
  'kube-public',
  'kube-system',
]);

/** The namespace that an object is in, whatever its kind; see `World.find` for what a cluster-scoped one makes of it. */
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
