import { grouped } from '../../kube/grouped';
import type { Simulation } from '../schedule/simulation';
import type { FitPod } from '../state/node';
import { workloadKey, type RunningPod } from './running';
import type { WorkloadPods } from './workload';

/**
 * Puts pods of workloads where some of theirs run already: the pod of a StatefulSet with the same name, that of a DaemonSet
 * on the same node, of others the first ones.
 *
 * @returns the running pods that belong to none of the workloads
 */
export function adopt(
  running: readonly RunningPod[],
  workloads: readonly WorkloadPods[],
  simulation: Simulation,
): RunningPod[] {
  const own = new Map(
    workloads.map((workload) => {
      const { kind, namespace = 'default', name } = workload.id;
      return [workloadKey(kind, namespace, name), workload] as const;
    }),
  );
  for (const [key, pods] of grouped(running, ({ madeBy }) => madeBy)) {
    const workload = own.get(key);
    if (workload === undefined) continue;
    const free = new Set(workload.pods);
    for (const each of pods) {
      const node = simulation.state.node(each.nodeName);
      const pod = firstOf(free, (candidate) => mayBe(candidate, each, workload.id.kind));
      if (pod === undefined || node === undefined) continue;
      free.delete(pod);
      simulation.bind(pod, node);
    }
  }
  return running.filter(({ madeBy }) => !own.has(madeBy));
}

function firstOf(pods: Iterable<FitPod>, isMeant: (pod: FitPod) => boolean): FitPod | undefined {
  for (const pod of pods) if (isMeant(pod)) return pod;
  return undefined;
}

function mayBe(pod: FitPod, { pod: there, nodeName }: RunningPod, kind: string): boolean {
  if (kind === 'StatefulSet') return pod.id.name === there.id.name;
  return pod.target === undefined || pod.target.facts.name === nodeName;
}
