import { grouped } from '../../kube/grouped';
import type { Resources } from '../pods/resources';
import type { PodShape } from '../pods/shape';
import type { Simulation } from '../schedule/simulation';
import type { FitNode, FitPod } from '../state/node';
import { workloadKey, type RunningPod } from './running';
import type { WorkloadPods } from './workload';

/** Workloads with the pods of theirs that run already. */
export interface Adopted {
  readonly workloads: readonly WorkloadPods[];
  /** The running pods that belong to none of them. */
  readonly others: readonly RunningPod[];
}

/**
 * Puts pods of workloads where some of theirs run already: the pod of a StatefulSet with the same name, that of a DaemonSet
 * on the same node, of others the first ones. They hold what they request themselves. One that the workload would now make
 * larger, or for other nodes, is gone: its successor has to find a node.
 */
export function adopt(
  running: readonly RunningPod[],
  workloads: readonly WorkloadPods[],
  simulation: Simulation,
): Adopted {
  const byMaker = grouped(running, ({ madeBy }) => madeBy);
  const keys = new Set(workloads.map(keyOf));
  return {
    workloads: workloads.map((workload) => withRunning(workload, byMaker.get(keyOf(workload)), simulation)),
    others: running.filter(({ madeBy }) => !keys.has(madeBy)),
  };
}

function keyOf({ id: { kind, namespace = 'default', name } }: WorkloadPods): string {
  return workloadKey(kind, namespace, name);
}

function withRunning(
  workload: WorkloadPods,
  running: readonly RunningPod[] | undefined,
  simulation: Simulation,
): WorkloadPods {
  if (running === undefined) return workload;
  const free = new Set(workload.pods);
  const adopted = new Map<FitPod, FitPod>();
  for (const each of running) {
    const node = simulation.state.node(each.nodeName);
    const pod = firstOf(free, (candidate) => mayBe(candidate, each, workload.id.kind));
    if (pod === undefined || node === undefined) continue;
    free.delete(pod);
    if (isReplaced(each.pod.shape, pod.shape, node)) continue;
    const own = asItRuns(pod, each.pod);
    adopted.set(pod, own);
    simulation.bind(own, node);
  }
  return { ...workload, pods: workload.pods.map((pod) => adopted.get(pod) ?? pod) };
}

function firstOf(pods: Iterable<FitPod>, isMeant: (pod: FitPod) => boolean): FitPod | undefined {
  for (const pod of pods) if (isMeant(pod)) return pod;
  return undefined;
}

function mayBe(pod: FitPod, { pod: there, nodeName }: RunningPod, kind: string): boolean {
  if (kind === 'StatefulSet') return pod.id.name === there.id.name;
  return pod.target === undefined || pod.target.facts.name === nodeName;
}

function asItRuns(pod: FitPod, { shape, claims, health }: FitPod): FitPod {
  return {
    ...pod,
    shape,
    claims: claims.length === 0 ? pod.claims : claims,
    ...(health !== undefined && { health }),
  };
}

/** Whether a rollout replaces a pod by one that asks for more, or that its node does not take. */
function isReplaced(own: PodShape, next: PodShape, { facts }: FitNode): boolean {
  return asksForMore(next.requests, own.requests) || (own.takesNode(facts) && !next.takesNode(facts));
}

function asksForMore(next: Resources, own: Resources): boolean {
  return (
    next.cpu > own.cpu ||
    next.memory > own.memory ||
    next.storage > own.storage ||
    [...next.others].some(([name, amount]) => amount > (own.others.get(name) ?? 0))
  );
}
