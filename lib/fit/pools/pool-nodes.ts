import { SeaworthyError, type Problem } from '../../errors';
import type { ClusterProfile, NodePool } from '../../profiles/cluster-profile';
import { nodePoolProblems, nodePoolsOf } from '../../profiles/node-pools';
import { instanceTypes } from '../../profiles/instance-types';
import type { NodeSpec } from '../node-spec';
import { ZONE } from '../zones';

const HOSTNAME = 'kubernetes.io/hostname';

/**
 * The nodes of the node pools of a profile, called `<pool>-0` and on, in its zones by turns.
 *
 * @throws SeaworthyError INVALID_NODE where the profile has no pools, or one says nothing of its size, or of what its nodes
 * offer; INVALID_PROP for a `size`, `min`, `max` or `hourlyPrice` that is none
 */
export function poolNodes(profile: ClusterProfile): NodeSpec[] {
  const pools = nodePoolsOf(profile);
  const [first, ...others] =
    pools.length === 0 ? [NO_POOLS] : [...nodePoolProblems(profile), ...pools.flatMap(problemsOf)];
  if (first !== undefined) throw new SeaworthyError(first, ...others);
  return pools.flatMap((pool) =>
    Array.from({ length: sizeOf(pool) ?? 0 }, (_, index) => {
      const { zones = [] } = pool;
      return nodeOf(pool, `${pool.name}-${index}`, zones[index % zones.length]);
    }),
  );
}

/** How many nodes a pool has, as far as the profile says. */
export function sizeOf({ size, min }: NodePool): number | undefined {
  return size ?? min;
}

/** A node as a pool makes it. */
export function nodeOf(
  { labels, taints, allocatable = {}, instanceType }: NodePool,
  name: string,
  zone: string | undefined,
): NodeSpec {
  return {
    name,
    labels: {
      [HOSTNAME]: name,
      'kubernetes.io/os': 'linux',
      ...typeLabels(instanceType),
      ...(zone !== undefined && { [ZONE]: zone }),
      ...labels,
    },
    allocatable,
    ...(taints !== undefined && { taints }),
  };
}

function typeLabels(name: string | undefined): Record<string, string> {
  if (name === undefined) return {};
  const arch = instanceTypes().get(name)?.arch;
  return {
    'node.kubernetes.io/instance-type': name,
    ...(arch !== undefined && { 'kubernetes.io/arch': arch }),
  };
}

const NO_POOLS: Problem = {
  code: 'INVALID_NODE',
  path: 'nodePools',
  message: 'the profile lists no node pools',
  hint: 'Give the nodes: --nodes nodes.yaml, from kubectl get nodes -o yaml; or list nodePools with allocatable and size.',
};

function problemsOf(pool: NodePool): Problem[] {
  const missing = [
    ...(sizeOf(pool) === undefined ? ['size'] : []),
    ...(pool.allocatable === undefined ? ['allocatable'] : []),
  ];
  if (missing.length === 0) return [];
  return [
    {
      code: 'INVALID_NODE',
      place: `node pool "${pool.name}"`,
      message: `the profile does not say its ${missing.join(' and ')}`,
      hint: 'Set size, and instanceType, or allocatable as kubectl describe node shows it: { cpu, memory, pods }.',
    },
  ];
}
