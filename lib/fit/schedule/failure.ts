import type { PodRefusal, Refusal } from '../filters/filter';
import type { FitNode } from '../state/node';

/** Why a pod found no node. */
export interface Failure {
  /** In the words of kube-scheduler, each with the number of nodes: `3 Insufficient cpu`. */
  readonly reasons: readonly string[];
  /** The whole message of kube-scheduler, up to what it says of preemption. */
  readonly message: string;
  /** The filters that refused nodes, with how many. */
  readonly filters: ReadonlyMap<string, number>;
  /** The nodes that would take it with fewer pods on them. */
  readonly helpable: readonly FitNode[];
}

export const NO_NODES = 'no nodes available to schedule pods';

/** A failure that no node has a part in. */
export function podFailure({ filter, message }: PodRefusal, nodes: number): Failure {
  return {
    reasons: [message],
    message: nodes === 0 ? message : `0/${nodes} nodes are available: ${message}.`,
    filters: new Map([[filter, nodes]]),
    helpable: [],
  };
}

/**
 * The refusals of all nodes, counted by reason. The entries are sorted as text, so that 13 comes before 2.
 *
 * @source k8s.io/kubernetes pkg/scheduler/framework/types.go FitError.Error 1.36
 */
export function nodesFailure(
  nodes: readonly FitNode[],
  refusalOf: (node: FitNode) => Refusal | undefined,
): Failure {
  const counts = new Map<string, number>();
  const filters = new Map<string, number>();
  const helpable: FitNode[] = [];
  for (const node of nodes) {
    const refusal = refusalOf(node);
    if (refusal === undefined) continue;
    for (const reason of refusal.reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    filters.set(refusal.filter, (filters.get(refusal.filter) ?? 0) + 1);
    if (!refusal.isLasting) helpable.push(node);
  }
  const reasons = [...counts].map(([reason, count]) => `${count} ${reason}`).sort();
  const message = `0/${nodes.length} nodes are available: ${reasons.join(', ')}.`;
  return { reasons, message, filters, helpable };
}
