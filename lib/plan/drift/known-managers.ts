/**
 * Who writes to API servers, by the names that managers of fields have: what a client says (`fieldManager`), else the name of
 * its program, which is the first word of its user agent.
 *
 * @source k8s.io/apiserver pkg/endpoints/handlers/create.go managerOrUserAgent, prefixFromUserAgent 1.36
 */

/** Programs by which people change objects. Those of kubectl are `kubectl`, and `kubectl-` with the command. */
export const BY_HAND: ReadonlySet<string> = new Set([
  'Headlamp',
  'HashiCorp',
  'Mozilla',
  'OpenAPI-Generator',
  'Terraform',
  'curl',
  'dashboard',
  'headlamp',
  'helm',
  'k9s',
  'kubectl',
  'kustomize-cli',
  'lens',
  'node-fetch',
  'okteto',
  'python-requests',
  'rancher',
  'telepresence',
]);

/**
 * Programs of clusters: those of Kubernetes, and of well-known software, by the names of their commands or what they say in
 * their source.
 */
export const CONTROLLERS: ReadonlySet<string> = new Set([
  // k8s.io/kubernetes cmd/, k8s.io/cloud-provider, k8s.io/autoscaler
  'admission-controller',
  'cloud-controller-manager',
  'cluster-autoscaler',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-proxy',
  'kube-scheduler',
  'kubelet',
  'recommender',
  'updater',
  'vpa-admission-controller',
  'vpa-recommender',
  'vpa-updater',
  // kubernetes-csi
  'csi-attacher',
  'csi-provisioner',
  'csi-resizer',
  'csi-snapshotter',
  'snapshot-controller',
  // cert-manager: cmd/, and the field managers of its controllers in pkg/controller
  'cainjector',
  'cert-manager-cainjector',
  'cert-manager-certificates-issuing',
  'cert-manager-certificates-key-manager',
  'cert-manager-ingress-shim',
  // meshes and networks
  'calico-node',
  'cilium-agent',
  'cilium-operator-generic',
  'istiod',
  'kube-controllers',
  'linkerd-destination',
  'linkerd-proxy-injector',
  'pilot-discovery',
  'speaker',
  // scaling and rollouts
  'flagger',
  'karpenter',
  'keda',
  'keda-admission',
  'rollouts-controller',
  // others
  'PrometheusOperator',
  'Reloader',
  'aws-load-balancer-controller',
  'external-dns',
  'external-secrets',
  'gatekeeper',
  'glbc',
  'kyverno',
  'nginx-ingress-controller',
  'traefik',
  'vault-agent-injector',
  'velero-server',
]);
