import { editDistance, oneOf, type Problem } from '../errors';
import { allocatableOf } from './allocatable';
import type { ClusterProfile, NodePool, Provider } from './cluster-profile';
import { instanceTypes } from './instance-types';

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

/**
 * The node pools of a cluster: those that list no labels have that of their cloud, with their name, and those with an instance
 * type offer what it does.
 */
export function nodePoolsOf({ nodePools = [], provider, kubernetes }: ClusterProfile): readonly NodePool[] {
  const key = provider === undefined ? undefined : POOL_LABELS[provider];
  return nodePools.map((pool) => {
    const labels = pool.labels ?? (key === undefined ? undefined : { [key]: pool.name });
    const allocatable = offerOf(pool, kubernetes);
    return { ...pool, ...(labels && { labels }), ...(allocatable && { allocatable }) };
  });
}

function offerOf({ allocatable, instanceType }: NodePool, kubernetes?: string): NodePool['allocatable'] {
  const type = instanceType === undefined ? undefined : instanceTypes().get(instanceType);
  if (type === undefined) return allocatable;
  const pods = Number(allocatable?.['pods'] ?? NaN);
  return { ...allocatableOf(type, kubernetes, pods > 0 ? pods : undefined), ...allocatable };
}

/** What is wrong with the numbers and the instance types of node pools. */
export function nodePoolProblems({ nodePools = [], provider }: ClusterProfile): Problem[] {
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
    return [
      ...(counts.length > 0 ? counts : rangeProblems(pool, at)),
      ...prices,
      ...typeProblems(pool, provider, at),
    ];
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

function typeProblems(
  { instanceType: name, allocatable }: NodePool,
  provider: Provider | undefined,
  at: (field: keyof NodePool, message: string, hint: string) => Problem,
): Problem[] {
  if (name === undefined) return [];
  const types = instanceTypes();
  const type = types.get(name);
  const isCloud = provider !== undefined && POOL_LABELS[provider] !== undefined;
  if (type === undefined) {
    if (allocatable !== undefined) return [];
    const names = [...types]
      .filter(([, each]) => !isCloud || each.provider === provider)
      .map(([each]) => each);
    const near = nearestNames(name, names);
    const hint = near.length === 0 ? '' : `Did you mean ${oneOf(near)}? `;
    const other = 'Set allocatable as kubectl describe node shows it.';
    return [at('instanceType', `Unsupported value: "${name}": nothing is known of it`, `${hint}${other}`)];
  }
  if (!isCloud || type.provider === provider) return [];
  const hint = `Set provider to ${type.provider}, or use an instance type of ${provider}.`;
  return [at('instanceType', `Invalid value: "${name}": not a type of ${provider}`, hint)];
}

/** So many names are told. */
const MOST_NAMES = 3;

/** Names that are near to a word, the nearest first. */
function nearestNames(word: string, names: readonly string[]): string[] {
  const limit = Math.max(2, Math.floor(word.length / 2));
  return names
    .map((name) => ({ name, distance: editDistance(word.toLowerCase(), name.toLowerCase(), limit) }))
    .filter(({ distance }) => distance < limit)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST_NAMES)
    .map(({ name }) => name);
}
