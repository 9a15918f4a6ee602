import type { Manifest } from '../manifest/manifest';

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
