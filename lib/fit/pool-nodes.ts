import type { ClusterProfile, NodePool } from '../profiles/cluster-profile';
import { nodePoolsOf } from '../profiles/node-pools';
import { SeaworthyError, type Problem } from '../errors';
import type { NodeSpec } from './node-spec';

const ZONE = 'topology.kubernetes.io/zone';
const HOSTNAME = 'kubernetes.io/hostname';

/**
 * The nodes of the node pools of a profile, called `<pool>-0` and on, in its zones by turns.
 *
 * @throws SeaworthyError INVALID_NODE where the profile has no pools, or one says nothing of its size, or of what its nodes
 * offer
 */
export function poolNodes(profile: ClusterProfile): NodeSpec[] {
  const pools = nodePoolsOf(profile);
  const [first, ...others] = pools.length === 0 ? [NO_POOLS] : pools.flatMap(problemsOf);
  if (first !== undefined) throw new SeaworthyError(first, ...others);
  return pools.flatMap((pool) => Array.from({ length: pool.size ?? 0 }, (_, index) => nodeOf(pool, index)));
}

const NO_POOLS: Problem = {
  code: 'INVALID_NODE',
  path: 'nodePools',
  message: 'the profile lists no node pools',
  hint: 'Give the nodes: --nodes nodes.yaml, from kubectl get nodes -o yaml; or list nodePools with allocatable and size.',
};

function problemsOf({ name, size, allocatable }: NodePool): Problem[] {
  const missing = [
    ...(size === undefined ? ['size'] : []),
    ...(allocatable === undefined ? ['allocatable'] : []),
  ];
  if (missing.length === 0) return [];
  return [
    {
      code: 'INVALID_NODE',
      place: `node pool "${name}"`,
      message: `the profile does not say its ${missing.join(' and ')}`,
      hint: 'Set size, and allocatable as kubectl describe node shows it: { cpu, memory, pods }.',
    },
  ];
}

function nodeOf(
  { name: pool, labels, taints, zones = [], allocatable = {} }: NodePool,
  index: number,
): NodeSpec {
  const name = `${pool}-${index}`;
  const zone = zones[index % zones.length];
  return {
    name,
    labels: {
      [HOSTNAME]: name,
      'kubernetes.io/os': 'linux',
      ...(zone !== undefined && { [ZONE]: zone }),
      ...labels,
    },
    allocatable,
    ...(taints !== undefined && { taints }),
  };
}
