/**
 * API groups of files that programs read. They have `apiVersion` and `kind`, and no API server stores them.
 */
const GROUPS: ReadonlySet<string> = new Set([
  // Kubernetes: `staging/src/k8s.io/{apiserver,client-go}/pkg/apis`, `cmd/kubeadm/app/apis`, `pkg/apis/abac` (1.36), and
  // the groups that kube-proxy (`componentconfig`) and the API server had before `*.config.k8s.io`.
  'audit.k8s.io',
  'kubeadm.k8s.io',
  'client.authentication.k8s.io',
  'abac.authorization.kubernetes.io',
  'apiserver.k8s.io',
  'componentconfig',
  // Kustomize and kpt: builtin transformers, functions and what they get (kustomize `kyaml/fn/framework`), packages
  // (kpt `pkg/api/kptfile/v1`), KSOPS.
  'builtin',
  'config.kubernetes.io',
  'kpt.dev',
  'fn.kpt.dev',
  'viaduct.ai',
  'policyGenerator',
  // Clusters for development: kind, ctlptl, k3d, KSail, kwok.
  'kind.x-k8s.io',
  'kind.sigs.k8s.io',
  'ctlptl.dev',
  'k3d.io',
  'ksail.dev',
  'config.kwok.x-k8s.io',
  // Installers: eksctl and its nodeadm, kOps, k0s, KubeOne, KubeKey.
  'eksctl.io',
  'node.eks.aws',
  'kops.k8s.io',
  'k0sctl.k0sproject.io',
  'k0s.k0sproject.io',
  'kubeone.k8c.io',
  'kubeone.io',
  'kubekey.kubesphere.io',
  // Build, development and delivery: skaffold, Tilt, Garden, Score, Tanka, Zarf, Keptn 1, Cloud Deploy, Cloud Run.
  'skaffold',
  'tilt.dev',
  'garden.io',
  'score.dev',
  'tanka.dev',
  'zarf.dev',
  'spec.keptn.sh',
  'deploy.cloud.google.com',
  'run.googleapis.com',
  // Tests: KUTTL, Chainsaw, the CLIs of Kyverno and Gatekeeper, scorecard of operator-sdk.
  'kuttl.dev',
  'chainsaw.kyverno.io',
  'cli.kyverno.io',
  'test.gatekeeper.sh',
  'scorecard.operatorframework.io',
  // Packages and catalogs: krew, Crossplane, Upbound, oc-mirror, Carvel, Backstage.
  'krew.googlecontainertools.github.com',
  'krew.sigs.k8s.io',
  'meta.pkg.crossplane.io',
  'meta.dev.pkg.crossplane.io',
  'meta.dev.upbound.io',
  'mirror.openshift.io',
  'kapp.k14s.io',
  'kbld.k14s.io',
  'vendir.k14s.io',
  'imgpkg.carvel.dev',
  'kctrl.carvel.dev',
  'backstage.io',
  'scaffolder.backstage.io',
  // Configuration files of controllers.
  'descheduler',
  'controller-runtime.sigs.k8s.io',
  'config.gateway.envoyproxy.io',
  'config.kueue.x-k8s.io',
  'config.jobset.x-k8s.io',
  'config.lws.x-k8s.io',
]);

/**
 * Endings of such groups: `kubelet.config.k8s.io`, `eventratelimit.admission.k8s.io`,
 * `gardenlet.config.gardener.cloud`.
 */
const ENDINGS = ['.config.k8s.io', '.admission.k8s.io', '.config.gardener.cloud'];

/** Kinds of such files in groups that have objects as well, each as `apiVersion kind`. */
const KINDS: ReadonlySet<string> = new Set([
  // A kubeconfig, and former names of EncryptionConfiguration and AdmissionConfiguration.
  'v1 Config',
  'v1 EncryptionConfig',
  'v1 EncryptionConfiguration',
  'v1alpha1 AdmissionConfiguration',
  // What kube-scheduler read up to 1.22.
  'v1 Policy',
  // What the API server answers.
  'v1 Status',
  'v1 APIVersions',
  'v1 APIResourceList',
  'v1 APIGroupList',
  'v1 APIGroup',
  'v1 DeleteOptions',
  'v1 WatchEvent',
  'meta.k8s.io/v1 Table',
  // Of Envoy Gateway, calicoctl, and Kustomize generators of Open Cluster Management and of OpenShift's ZTP.
  'gateway.envoyproxy.io/v1alpha1 EnvoyGateway',
  'projectcalico.org/v3 CalicoAPIConfig',
  'v1 calicoApiConfig',
  'policy.open-cluster-management.io/v1 PolicyGenerator',
  'ran.openshift.io/v1 PolicyGenTemplate',
  'ran.openshift.io/v1 PolicyGenerator',
  // The list of releases of a Cluster API provider; a Provider of the same group is an object.
  'clusterctl.cluster.x-k8s.io/v1alpha3 Metadata',
  // Tests of KUDO, before KUTTL was a project of its own; its operators are objects.
  'kudo.dev/v1beta1 TestStep',
  'kudo.dev/v1beta1 TestSuite',
  'kudo.dev/v1beta1 TestAssert',
  'kudo.dev/v1alpha1 TestStep',
  'kudo.dev/v1alpha1 TestSuite',
  'kudo.dev/v1alpha1 TestAssert',
]);

/** Talos and the agent-based installer of OpenShift have documents with a version and no group. */
const NO_GROUP = /^v1alpha1 [A-Z]\w*Config$|^v1beta1 AgentConfig$/;

/**
 * Whether a kind is one of files that a program reads, such as a kubeconfig or the configuration of kind and kubeadm: no
 * object of a cluster.
 *
 * Sources: where none is named above, the reference documentation of the program, and files in its repository.
 */
export function isClientSide(apiVersion: string, kind: string): boolean {
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  if (group !== '' && (GROUPS.has(group) || ENDINGS.some((ending) => group.endsWith(ending)))) return true;
  if (apiVersion === 'builtin') return true;
  const name = `${apiVersion} ${kind}`;
  return KINDS.has(name) || NO_GROUP.test(name);
}

/** Kinds that an operator stores and a program also reads from a file, which needs no name: of istioctl and KSail. */
const NAMELESS: ReadonlySet<string> = new Set(['install.istio.io/IstioOperator', 'ksail.io/Cluster']);

/** Whether an object without a name is one of files that a program reads. */
export function isClientSideWithoutName(group: string, kind: string): boolean {
  return NAMELESS.has(`${group}/${kind}`);
}

/** The kinds of requests that admission and conversion webhooks get. They come without a name. */
const REVIEWS: ReadonlySet<string> = new Set(['AdmissionReview', 'ConversionReview', 'ImageReview']);

/** Whether a kind is one of requests to a webhook, which are never stored. */
export function isWebhookReview(kind: string): boolean {
  return REVIEWS.has(kind);
}
