import type { FitPod, FitNode } from '../state/node';
import type { WorkloadPods } from '../workloads/workload';
import type { Pace } from './pace';
import type { RollingParts } from './rolling';

/**
 * What stops and what comes in the rollout of a workload, each in its order.
 *
 * @param old its pods that run
 */
export function partsOf(workload: WorkloadPods, pace: Pace, old: readonly FitPod[]): RollingParts {
  const own = workload.pods.map((pod): FitPod => ({ ...pod, revision: 'new' }));
  if (!pace.isPaired) {
    const first = old.length;
    const next = own.map((pod, index) => renamed(pod, `${workload.id.name}-${first + index}`));
    return { workload, pace, kept: [], old: inStopOrder(old), next };
  }
  const names = new Set(own.slice(0, pace.kept).map(({ id }) => id.name));
  const isKept = ({ id }: FitPod): boolean => names.has(id.name);
  // A StatefulSet begins with the last of its pods.
  const inOrder = (pods: readonly FitPod[]): FitPod[] => (workload.isDaemon ? [...pods] : pods.toReversed());
  const stopping = inOrder(old.filter((pod) => !isKept(pod)));
  const places = new Map(stopping.map(({ id }, index) => [id.name, index]));
  const place = ({ id }: FitPod): number => places.get(id.name) ?? -1;
  const next = inOrder(own.filter((pod) => !isKept(pod))).sort((a, b) => place(a) - place(b));
  return { workload, pace, kept: old.filter(isKept), old: stopping, next };
}

function renamed(pod: FitPod, name: string): FitPod {
  return { ...pod, id: { ...pod.id, name } };
}

/**
 * A ReplicaSet stops pods first where it has most of them on one node, and the newest of them.
 *
 * @source k8s.io/kubernetes pkg/controller/controller_utils.go ActivePodsWithRanks 1.36
 */
function inStopOrder(pods: readonly FitPod[]): FitPod[] {
  const counts = new Map<FitNode, number>();
  const ranks = new Map<FitPod, number>();
  for (const pod of [...pods].sort((a, b) => a.started - b.started)) {
    if (pod.node === undefined) continue;
    const rank = (counts.get(pod.node) ?? 0) + 1;
    counts.set(pod.node, rank);
    ranks.set(pod, rank);
  }
  return [...pods].sort((a, b) => (ranks.get(b) ?? 0) - (ranks.get(a) ?? 0) || b.started - a.started);
}
