/**
 * Cluster-scoped kinds of software that is installed in many clusters, by API group, for manifests that do not hold the
 * CustomResourceDefinition. A kind is listed only if each of its served versions is cluster-scoped.
 *
 * The source of each group is `spec.scope` of the CustomResourceDefinitions that the project releases.
 */
const CLUSTER_SCOPED: Readonly<Record<string, readonly string[]>> = {
  'argoproj.io': ['ClusterAnalysisTemplate', 'ClusterWorkflowTemplate'],
  'apiextensions.crossplane.io': ['CompositeResourceDefinition', 'Composition'],
  'cert-manager.io': ['ClusterIssuer'],
  'cilium.io': ['CiliumClusterwideEnvoyConfig', 'CiliumClusterwideNetworkPolicy', 'CiliumLoadBalancerIPPool'],
  'crd.projectcalico.org': ['GlobalNetworkPolicy', 'GlobalNetworkSet', 'IPPool'],
  'external-secrets.io': ['ClusterExternalSecret', 'ClusterPushSecret', 'ClusterSecretStore'],
  'gateway.networking.k8s.io': ['GatewayClass'],
  'karpenter.k8s.aws': ['EC2NodeClass'],
  'karpenter.sh': ['NodeClaim', 'NodePool'],
  'keda.sh': ['ClusterTriggerAuthentication'],
  'kueue.x-k8s.io': ['ClusterQueue', 'ResourceFlavor', 'WorkloadPriorityClass'],
  'kyverno.io': ['ClusterCleanupPolicy', 'ClusterPolicy'],
  'pkg.crossplane.io': ['Configuration', 'Function', 'Provider'],
  'policy.networking.k8s.io': ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy'],
  'projectcalico.org': ['GlobalNetworkPolicy', 'GlobalNetworkSet', 'IPPool'],
  'snapshot.storage.k8s.io': ['VolumeSnapshotClass', 'VolumeSnapshotContent'],
  'templates.gatekeeper.sh': ['ConstraintTemplate'],
  'trust.cert-manager.io': ['Bundle'],
};

const KINDS: ReadonlySet<string> = new Set(
  Object.entries(CLUSTER_SCOPED).flatMap(([group, kinds]) => kinds.map((kind) => `${group}/${kind}`)),
);

/** Whether a custom kind of well-known software lives in no namespace; false for kinds that are not known. */
export function isWellKnownClusterScoped(group: string, kind: string): boolean {
  return KINDS.has(`${group}/${kind}`);
}
