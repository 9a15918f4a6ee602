import { software } from './custom/software';

/**
 * Cluster-scoped kinds of software that is installed in many clusters, by API group, for manifests that do not hold the
 * CustomResourceDefinition. A kind is listed only if each of its served versions is cluster-scoped. Those of software whose
 * schemas are known are in `software`.
 *
 * The source of each group is `spec.scope` of the CustomResourceDefinitions that the project releases.
 */
const CLUSTER_SCOPED: Readonly<Record<string, readonly string[]>> = {
  'argoproj.io': ['ClusterWorkflowTemplate'],
  'apiextensions.crossplane.io': ['CompositeResourceDefinition', 'Composition'],
  'cilium.io': ['CiliumClusterwideEnvoyConfig', 'CiliumLoadBalancerIPPool'],
  'crd.projectcalico.org': ['GlobalNetworkPolicy', 'GlobalNetworkSet', 'IPPool'],
  'external-secrets.io': ['ClusterPushSecret'],
  'karpenter.k8s.aws': ['EC2NodeClass'],
  'karpenter.sh': ['NodeClaim', 'NodePool'],
  'kueue.x-k8s.io': ['ClusterQueue', 'ResourceFlavor', 'WorkloadPriorityClass'],
  'kyverno.io': ['ClusterCleanupPolicy', 'ClusterPolicy'],
  'pkg.crossplane.io': ['Configuration', 'Function', 'Provider'],
  'policy.networking.k8s.io': ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy'],
  'projectcalico.org': ['GlobalNetworkPolicy', 'GlobalNetworkSet', 'IPPool'],
  'templates.gatekeeper.sh': ['ConstraintTemplate'],
  'trust.cert-manager.io': ['Bundle'],
};

const KINDS: ReadonlySet<string> = new Set([
  ...Object.entries(CLUSTER_SCOPED).flatMap(([group, kinds]) => kinds.map((kind) => `${group}/${kind}`)),
  ...Object.values(software).flatMap(({ clusterScoped }) => clusterScoped),
]);

/** Whether a custom kind of well-known software lives in no namespace; false for kinds that are not known. */
export function isWellKnownClusterScoped(group: string, kind: string): boolean {
  return KINDS.has(`${group}/${kind}`);
}

/** The kinds of well-known software that are called `kind`: several where two groups have one of that name. */
export function wellKnownKinds(
  kind: string,
): readonly { readonly group: string; readonly scope: 'Cluster' | 'Namespaced' }[] {
  return Object.values(software)
    .flatMap(({ kinds }): readonly string[] => kinds)
    .filter((each) => each.endsWith(`/${kind}`))
    .map((each) => {
      const group = each.slice(0, each.indexOf('/'));
      return { group, scope: KINDS.has(each) ? 'Cluster' : 'Namespaced' };
    });
}
