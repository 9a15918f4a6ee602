/**
 * The ports of API servers that pods connect to: that of the Service `kubernetes`, which is also that of managed clusters,
 * and the default of kube-apiserver's `--secure-port`, which kubeadm, k3s and kind keep.
 */
export const API_SERVER_PORTS: readonly number[] = [443, 6443];

/** Whether an API server may listen on a port: minikube has 8443, MicroK8s 16443, and all that are known end alike. */
export function mayBeApiServerPort(port: number): boolean {
  return port % 1000 === 443;
}
