/**
 * API groups of files that programs read. They have `apiVersion` and `kind`, and no API server stores them.
 *
 * Sources: the types in `k8s.io/{kubelet,kube-proxy,kube-scheduler,apiserver,client-go,kube-controller-manager}` and
 * `cmd/kubeadm/app/apis` of Kubernetes 1.36; for each other group the documentation of its program.
 */
const GROUPS: ReadonlySet<string> = new Set([
  // Kubernetes itself: audit policies, kubeadm, kubectl, the credentials that plugins print.
  'audit.k8s.io',
  'kubeadm.k8s.io',
  'client.authentication.k8s.io',
  'abac.authorization.kubernetes.io',
  'apiserver.k8s.io',
  'componentconfig',
  // Kustomize and kpt: builtin transformers, functions, packages.
  'builtin',
  'kpt.dev',
  'viaduct.ai',
  'fn.kpt.dev',
  // Clusters for development and installers.
  'kind.x-k8s.io',
  'kind.sigs.k8s.io',
  'ctlptl.dev',
  'k3d.io',
  'eksctl.io',
  'kops.k8s.io',
  'k0sctl.k0sproject.io',
  'k0s.k0sproject.io',
  'kubeone.k8c.io',
  'kubeone.io',
  'kubekey.kubesphere.io',
  'clusterctl.cluster.x-k8s.io',
  // Build, development and test tools.
  'skaffold',
  'tilt.dev',
  'garden.io',
  'score.dev',
  'kuttl.dev',
  'kudo.dev',
  'chainsaw.kyverno.io',
  'cli.kyverno.io',
  'scorecard.operatorframework.io',
  'tanka.dev',
  'krew.googlecontainertools.github.com',
  'krew.sigs.k8s.io',
  'meta.pkg.crossplane.io',
  'meta.dev.pkg.crossplane.io',
  'mirror.openshift.io',
  'kapp.k14s.io',
  'kbld.k14s.io',
  'vendir.k14s.io',
  'imgpkg.carvel.dev',
  'backstage.io',
  // Configuration files of controllers.
  'descheduler',
  'controller-runtime.sigs.k8s.io',
  'config.kueue.x-k8s.io',
  'config.jobset.x-k8s.io',
  'config.lws.x-k8s.io',
]);

/** Endings of such groups: `kubelet.config.k8s.io`, `eventratelimit.admission.k8s.io`. */
const ENDINGS = ['.config.k8s.io', '.admission.k8s.io', '.admission.config.k8s.io'];

/** Kinds of such files in groups that have objects as well, each as `apiVersion kind`. */
const KINDS: ReadonlySet<string> = new Set([
  // A kubeconfig, and the former name of EncryptionConfiguration.
  'v1 Config',
  'v1 EncryptionConfig',
  'v1alpha1 AdmissionConfiguration',
  // What the API server answers.
  'v1 Status',
  'v1 APIVersions',
  'v1 APIResourceList',
  'v1 APIGroupList',
  'v1 APIGroup',
  'v1 DeleteOptions',
  'v1 WatchEvent',
  'meta.k8s.io/v1 Table',
  'gateway.envoyproxy.io/v1alpha1 EnvoyGateway',
  'policy.open-cluster-management.io/v1 PolicyGenerator',
  'policy.open-cluster-management.io/v1 PolicySets',
]);

/** Talos has documents with a version and no group: its machine configuration in parts. */
const TALOS = /^v1alpha1 [A-Z]\w*Config$/;

/**
 * Whether a kind is one of files that a program reads, such as a kubeconfig or the configuration of kind and kubeadm: no
 * object of a cluster.
 */
export function isClientSide(apiVersion: string, kind: string): boolean {
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  if (group !== '' && (GROUPS.has(group) || ENDINGS.some((ending) => group.endsWith(ending)))) return true;
  if (apiVersion === 'builtin') return true;
  const name = `${apiVersion} ${kind}`;
  return KINDS.has(name) || TALOS.test(name);
}

/** The kinds of requests that admission and conversion webhooks get. They come without a name. */
const REVIEWS: ReadonlySet<string> = new Set(['AdmissionReview', 'ConversionReview', 'ImageReview']);

/** Whether a kind is one of requests to a webhook, which are never stored. */
export function isWebhookReview(kind: string): boolean {
  return REVIEWS.has(kind);
}
