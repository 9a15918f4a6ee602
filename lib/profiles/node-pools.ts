import type { ClusterProfile, NodePool, Provider } from './cluster-profile';

/**
 * The label by which a cloud tells the nodes of a pool apart: its value is the name of the managed node group, node pool or
 * agent pool.
 *
 * Source: "Managed node groups" of EKS, "About node pools" of GKE, and "Reserved system labels" in "Use labels in an AKS
 * cluster", read in 2026-11.
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
