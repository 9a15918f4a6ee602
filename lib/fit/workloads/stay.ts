import { claimsOf } from '../filters/volume-binding';
import type { Simulation } from '../schedule/simulation';
import type { FitPod } from '../state/node';
import type { WorkloadPods } from './workload';

interface Before {
  readonly workloads: readonly WorkloadPods[];
}

/**
 * Puts pods where they ran before. Those whose node is gone have to find another one, which their volumes may not follow to.
 */
export function stay(workloads: readonly WorkloadPods[], before: Before, simulation: Simulation): void {
  const earlier = new Map(
    before.workloads.flatMap(({ pods }) => pods.map((pod) => [keyOf(pod), pod] as const)),
  );
  const own = new Map(workloads.flatMap(({ pods }) => pods.map((pod) => [keyOf(pod), pod] as const)));
  const { state } = simulation;
  const settled = [...earlier].filter(([, { node }]) => node !== undefined);
  settled.sort(([, a], [, b]) => a.started - b.started);
  for (const [key, { node: last }] of settled) {
    const pod = own.get(key);
    if (pod === undefined || last === undefined || pod.node !== undefined) continue;
    const node = state.node(last.facts.name);
    if (node !== undefined) simulation.bind(pod, node);
    else state.volumes.settle(claimsOf(pod, state.volumes), last.facts);
  }
}

function keyOf({ id }: FitPod): string {
  return `${id.namespace ?? ''}/${id.name}`;
}
