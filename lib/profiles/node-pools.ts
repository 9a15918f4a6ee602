import type { Problem } from '../errors';
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

/** What is wrong with the numbers of node pools. */
export function nodePoolProblems({ nodePools = [] }: ClusterProfile): Problem[] {
  return nodePools.flatMap((pool, index) => {
    const place = `node pool "${pool.name}"`;
    const at = (field: keyof NodePool, message: string, hint: string): Problem => ({
      code: 'INVALID_PROP',
      place,
      path: `nodePools[${index}].${field}`,
      message,
      hint,
    });
    const counts = (['size', 'min', 'max'] as const).flatMap((field) => {
      const value = pool[field];
      if (value === undefined || (Number.isInteger(value) && value >= 0)) return [];
      return [
        at(field, `Invalid value: ${value}: expected a number of nodes, 0 or more`, 'Write a whole number.'),
      ];
    });
    const { hourlyPrice: price } = pool;
    const prices =
      price === undefined || (Number.isFinite(price) && price >= 0)
        ? []
        : [
            at(
              'hourlyPrice',
              `Invalid value: ${price}: expected the price of a node in an hour, 0 or more`,
              'Write it as a number: 0.0816.',
            ),
          ];
    return [...(counts.length > 0 ? counts : rangeProblems(pool, at)), ...prices];
  });
}

function rangeProblems(
  { size, min = 0, max = Infinity }: NodePool,
  at: (field: keyof NodePool, message: string, hint: string) => Problem,
): Problem[] {
  if (min > max)
    return [at('min', `Invalid value: ${min}: more than max, which is ${max}`, 'Set min to max or less.')];
  if (size === undefined || (size >= min && size <= max)) return [];
  const range = max === Infinity ? `at least ${min}` : `from ${min} to ${max}`;
  return [
    at(
      'size',
      `Invalid value: ${size}: the autoscaler keeps ${range} nodes`,
      'Set size to what the pool has now.',
    ),
  ];
}
