import type { ClusterProfile, NodePool, Provider } from './cluster-profile';

/**
 * The label by which a cloud tells the nodes of a pool apart: its value is the name of the managed node group, node pool or
 * agent pool.
 *
 * Sources, read in 2026-11: https://karpenter.sh/docs/getting-started/migrating-from-cas/ for EKS,
 * https://docs.cloud.google.com/kubernetes-engine/docs/concepts/node-pools, and the system labels of
 * https://learn.microsoft.com/azure/aks/use-labels.
 */
export const POOL_LABELS: Readonly<Partial<Record<Provider, string>>> = {
  eks: 'eks.amazonaws.com/nodegroup',
  gke: 'cloud.google.com/gke-nodepool',
  aks: 'kubernetes.azure.com/agentpool',
};

/** The node pools of a cluster: those that list no labels have that of their cloud, with their name. */
export function nodePoolsOf({ nodePools = [], provider }: ClusterProfile): readonly NodePool[] {
  const key = provider === undefined ? undefined : POOL_LABELS[provider];
  if (key === undefined) return nodePools;
  return nodePools.map((pool) =>
    pool.labels === undefined ? { ...pool, labels: { [key]: pool.name } } : pool,
  );
}
