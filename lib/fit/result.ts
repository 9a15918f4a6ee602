import type { ObjectId, Origin } from '../manifest/manifest';
import { formatId } from '../manifest/manifest';
import type { FitPod } from './state/node';
import type { NodeDrain } from './drain';
import type { Headroom } from './headroom';
import type { LeastChange } from './change/least-change';
import type { FitRollout } from './rollout/outcome';
import type { Expander, PoolOption } from './pools/expander';
import type { Simulated } from './simulate';
import type { FitNode } from './state/node';
import type { WorkloadPods } from './workloads/workload';

/** Where a pod runs, or why it does not. */
export interface Placement {
  /** A pod of a workload is called after it with its ordinal, one of a DaemonSet with its node. */
  readonly pod: ObjectId;
  /** The object that makes the pod; the pod itself where nothing does. */
  readonly workload: ObjectId;
  /** The node that it likely runs on: where others are as good, one of them. */
  readonly node?: string;
  /** Why it runs nowhere, in the words of kube-scheduler, with the number of nodes: `3 Insufficient cpu`. */
  readonly reasons?: readonly string[];
  /** The same as one message: `0/3 nodes are available: 3 Insufficient cpu.` */
  readonly message?: string;
  /** In the middle of a rollout, whether the pod is one of those that are replaced, or of those that come. */
  readonly revision?: 'old' | 'new';
  /** The ResourceQuota that refuses the pod: it is never made. */
  readonly refusedBy?: ObjectId;
  /** The pod that took its place. */
  readonly preemptedBy?: ObjectId;
  /** `false` for a pod of a workload that has fewer or more pods when the scheduler draws otherwise among equal nodes. */
  readonly certain?: false;
  /** Where its workload came from. */
  readonly origin?: Origin;
}

/** How much of a node is used, as quantities in thousandths of CPU and in bytes. */
export interface NodeUse {
  readonly node: string;
  readonly pods: number;
  /** By resource, what pods request and what there is. */
  readonly resources: Readonly<Record<string, { readonly requested: number; readonly allocatable: number }>>;
}

/** A workload of which more or fewer pods run when the scheduler, which draws among equally good nodes, draws otherwise. */
export interface Doubt {
  readonly workload: ObjectId;
  /** How many pods run here. */
  readonly placed: number;
  /** The fewest that run in an order that was tried. */
  readonly least: number;
  /** The most that run in an order that was tried. */
  readonly most: number;
  /** A pod that finds no node in another order, or that finds one there and none here. */
  readonly example: Placement;
}

/** Nodes that an autoscaler likely adds to a pool. */
export interface PoolGrowth extends PoolOption {
  /** How many nodes the pool has before. */
  readonly from: number;
  readonly to: number;
  /** The most that it may have. */
  readonly max: number;
  /** How many of the new nodes are in each zone; empty where zones are not known. */
  readonly zones: Readonly<Record<string, number>>;
  /** All pools that would have helped, among them this one: it is the best by the expander. */
  readonly considered: readonly PoolOption[];
}

/** What an autoscaler likely does for the pods that stay pending: an estimate of cluster-autoscaler. */
export interface Growth {
  /** How it chooses among pools. */
  readonly expander: Expander;
  /** One pool after the other, as the autoscaler adds them. */
  readonly steps: readonly PoolGrowth[];
  /** What all new nodes cost in a month of 730 hours; only where each of their pools has a price. */
  readonly monthlyPrice?: number;
  /** What stays pending even so. */
  readonly pending: readonly Placement[];
  /** `false` where the cluster is too large to try all pools until nothing more helps. */
  readonly complete: boolean;
}

/** What becomes of the pods of a set. */
export interface Fit {
  /** Every pod of the set, in the order in which they are placed. */
  readonly placements: readonly Placement[];
  /** Those that run nowhere. */
  readonly pending: readonly Placement[];
  /** Every node, in the order in which they were given. */
  readonly nodes: readonly NodeUse[];
  /** The rollouts, and which of them get stuck; only if they are asked for. */
  readonly rollouts?: readonly FitRollout[];
  /** What draining each of some nodes comes to; only if it is asked for. */
  readonly drains?: readonly NodeDrain[];
  /** Which pools an autoscaler makes larger; only where pods stay pending and a pool may grow. */
  readonly growth?: Growth;
  /**
   * What to change so that all pods of a pending workload find a node, made sure of by fitting again: several entries of one
   * workload are different ways. Only if it is asked for, and pods stay pending.
   */
  readonly changes?: readonly LeastChange[];
  /** How many more pods of each workload find a node; only if it is asked for. */
  readonly headroom?: readonly Headroom[];
  /** Whether no other order of equally good nodes that was tried places fewer pods of a workload, or more. */
  readonly certain: boolean;
  /** The workloads that have fewer or more pods in another order, each with an example. */
  readonly doubts: readonly Doubt[];
  /** How many orders of equally good nodes were tried: one only, for thousands of nodes. */
  readonly orders: number;
}

/** The pods that run nowhere, not even on the nodes that an autoscaler adds. */
export function stillPending({ pending, growth }: Fit): readonly Placement[] {
  return growth?.pending ?? pending;
}

export function resultOf({ simulation, workloads }: Simulated): Fit {
  const placements = workloads.flatMap((workload) =>
    workload.pods.map((pod) => placementOf(pod, workload, simulation)),
  );
  return {
    placements,
    pending: placements.filter(({ node }) => node === undefined),
    nodes: simulation.state.nodes.map(useOf),
    certain: true,
    doubts: [],
    orders: 1,
  };
}

function placementOf(
  pod: FitPod,
  { id, manifest, pods }: WorkloadPods,
  { unplaced }: Simulated['simulation'],
): Placement {
  const origin = manifest?.origin;
  const { revision } = pod;
  const known = {
    pod: pod.id,
    workload: id,
    ...(revision !== undefined && { revision }),
    ...(origin !== undefined && { origin }),
  };
  if (pod.node !== undefined) return { ...known, node: pod.node.facts.name };
  const why = unplaced.get(pod);
  if (why === undefined) {
    const first = pods.find((each) => each.node === undefined);
    const message = `not created: it waits for ${first === undefined ? 'the one before' : formatId(first.id)}`;
    return { ...known, reasons: [message], message };
  }
  if ('failure' in why) {
    const { failure, refusedBy } = why;
    return { ...known, reasons: failure.reasons, message: failure.message, ...(refusedBy && { refusedBy }) };
  }
  const message = `preempted by ${formatId(why.preemptedBy.id)} on node ${why.from.facts.name}`;
  return { ...known, reasons: [message], message, preemptedBy: why.preemptedBy.id };
}

function useOf(node: FitNode): NodeUse {
  const { allocatable, name } = node.facts;
  const others = [...allocatable.others].map(
    ([resource, amount]) =>
      [resource, { requested: node.others.get(resource) ?? 0, allocatable: amount }] as const,
  );
  return {
    node: name,
    pods: node.pods.size,
    resources: {
      cpu: { requested: node.cpu, allocatable: allocatable.cpu },
      memory: { requested: node.memory, allocatable: allocatable.memory },
      'ephemeral-storage': { requested: node.storage, allocatable: allocatable.storage },
      pods: { requested: node.pods.size, allocatable: allocatable.pods },
      ...Object.fromEntries(others),
    },
  };
}
