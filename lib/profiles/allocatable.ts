import type { InstanceType } from './instance-types';

/** What a kubelet keeps for itself and its system, by memory in GiB: the share of each part of it. */
const MEMORY_TIERS = [
  [4, 0.25],
  [4, 0.2],
  [8, 0.1],
  [112, 0.06],
  [Infinity, 0.02],
] as const;

/** The share of each part of the CPUs. */
const CPU_TIERS = [
  [1, 0.06],
  [1, 0.01],
  [2, 0.005],
  [Infinity, 0.0025],
] as const;

const EVICTION = 100;
/** What the kernel of a Graviton keeps for devices that need memory in one piece, in MiB. */
const CONTIGUOUS = 64;

interface Reserved {
  /** In thousandths. */
  readonly cpu: number;
  /** In MiB, with what is left before pods are evicted. */
  readonly memory: number;
  readonly pods: number;
}

/**
 * What a node of an instance type offers to pods, by the formula that its cloud publishes.
 *
 * Sources, read in 2026-11:
 * - EKS: nodeadm/internal/kubelet of github.com/awslabs/amazon-eks-ami; the hypervisor takes 7.5 % of the memory, and a
 *   Graviton 64 MiB more before that, as Karpenter takes it to be (`memory` of pkg/providers/instancetype/types.go). All
 *   types of EC2 that are known agree with the table of Karpenter 1.14, website/content/en/preview/reference/instance-types.md
 * - GKE: https://docs.cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes
 * - AKS: https://learn.microsoft.com/azure/aks/node-resource-reservations
 *
 * @param kubernetes the release of the cluster, by which AKS reserves memory; the newest by default
 * @param pods how many pods the node takes, where that is set
 */
export function allocatableOf(
  type: InstanceType,
  kubernetes: string | undefined,
  pods: number | undefined,
): Record<string, string> {
  const memory = Math.floor(type.provider === 'eks' ? ofEc2(type) : type.memory);
  const reserved = reservedOn(type, kubernetes, pods);
  return {
    cpu: `${type.cpus * 1000 - reserved.cpu}m`,
    memory: `${Math.floor(memory - reserved.memory)}Mi`,
    pods: String(reserved.pods),
  };
}

function ofEc2({ memory, arch }: InstanceType): number {
  return (memory - (arch === 'arm64' ? CONTIGUOUS : 0)) * (1 - 0.075);
}

function reservedOn(type: InstanceType, kubernetes: string | undefined, pods: number | undefined): Reserved {
  const cpu = Math.ceil(1000 * tiered(type.cpus, CPU_TIERS) - 1e-9);
  if (type.provider === 'aks') return aks(type, kubernetes, pods ?? 30);
  if (type.provider === 'eks') {
    const most = pods ?? type.pods ?? 110;
    return { cpu, memory: 11 * most + 255 + EVICTION, pods: most };
  }
  return { cpu, memory: 1024 * tiered(type.memory / 1024, MEMORY_TIERS) + EVICTION, pods: pods ?? 110 };
}

/** Azure CNI takes 30 pods a node by default. */
function aks({ cpus, memory }: InstanceType, kubernetes: string | undefined, pods: number): Reserved {
  const cpu = cpus === 1 ? 60 : cpus <= 2 ? 100 : 100 + 10 * cpus;
  const isNew = Number(/^v?1\.(\d+)/.exec(kubernetes ?? '')?.[1] ?? 99) >= 29;
  const kept = isNew
    ? Math.min(20 * pods + 50, memory * 0.25) + EVICTION
    : 1024 * tiered(memory / 1024, MEMORY_TIERS) + 750;
  return { cpu, memory: kept, pods };
}

function tiered(amount: number, tiers: readonly (readonly [number, number])[]): number {
  let [left, sum] = [amount, 0];
  for (const [size, share] of tiers) {
    sum += Math.min(left, size) * share;
    left = Math.max(0, left - size);
  }
  return sum;
}
