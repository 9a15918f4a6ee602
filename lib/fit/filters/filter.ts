import type { FitPod } from '../state/node';
import type { ClusterState } from '../state/cluster-state';
import type { FitNode } from '../state/node';

/** Why a node does not take a pod, in the words of kube-scheduler. */
export interface Refusal {
  readonly filter: string;
  readonly reasons: readonly string[];
  /** Whether the node would refuse it without any other pod, too: preemption does not help then. */
  readonly isLasting: boolean;
}

/** Why no node takes a pod, found out before any is looked at. */
export interface PodRefusal {
  readonly filter: string;
  readonly message: string;
}

/** Whether a node takes a pod; `undefined` where it does. */
export type NodeFilter = (node: FitNode) => Refusal | undefined;

/** One plugin of kube-scheduler that filters nodes. */
export interface Filter {
  readonly name: string;
  /**
   * What its verdict on a node hangs on: `node` on the node alone, `pods` on the pods of the node as well, `cluster` on
   * more than that.
   */
  readonly hangsOn: 'node' | 'pods' | 'cluster';
  /** The filter for one pod; `undefined` where it takes every node. */
  readonly for: (pod: FitPod, state: ClusterState) => NodeFilter | PodRefusal | undefined;
}

export function lasting(filter: string, reason: string): Refusal {
  return { filter, reasons: [reason], isLasting: true };
}

export function passing(filter: string, reason: string): Refusal {
  return { filter, reasons: [reason], isLasting: false };
}
