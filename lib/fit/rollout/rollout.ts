import type { Cluster } from '../../graph/cluster';
import { push } from '../../kube/grouped';
import type { ObjectId } from '../../manifest/manifest';
import { resultOf, type Fit } from '../result';
import { place, setUp, simulate, type Setup, type Start } from '../simulate';
import type { FitPod } from '../state/node';
import { workloadKey } from '../workloads/running';
import type { WorkloadPods } from '../workloads/workload';
import { hasOtherTemplate } from './changed';
import { paceOf } from './pace';
import { partsOf } from './parts';
import { Rolling } from './rolling';

/**
 * The fullest moment of all rollouts of a change together, and whether each comes to its end: old pods stop as far as the
 * strategy lets them, new ones take the place, and where one runs, the next old one stops.
 *
 * @param before what runs now: the workloads whose template is another one roll; with the cluster itself, all of them
 * @throws SeaworthyError TOO_MANY_PODS
 */
export function rolloutOf(start: Start, before: Cluster): Fit {
  const was = simulate({ ...start, cluster: before });
  const setup = setUp({ ...start }, NEXT);
  const { simulation, quotas } = setup;
  const old = bindOld(was, setup);
  const { cluster } = start;
  const isSame = before === cluster;
  const earlier = new Map(was.workloads.map(({ id, manifest }) => [keyOf(id), manifest]));
  const rolling = new Map<WorkloadPods, Rolling>();
  for (const workload of setup.workloads) {
    const key = keyOf(workload.id);
    const its = old.get(key) ?? [];
    const { manifest } = workload;
    const last = earlier.get(key);
    const isChanged =
      last !== undefined && manifest !== undefined && hasOtherTemplate(last, manifest, cluster);
    const pace = isSame || isChanged ? paceOf(workload) : undefined;
    if (pace !== undefined && its.length > 0)
      rolling.set(workload, new Rolling(partsOf(workload, pace, its), setup));
    else keep(workload, its, setup);
  }
  for (const { pods } of simulation.state.nodes) for (const pod of pods) quotas.count(pod);
  const rolls = [...rolling.values()];
  for (const each of rolls) each.stop();
  for (const workload of setup.workloads) {
    const own = rolling.get(workload);
    if (own === undefined) place(workload, simulation, quotas);
    else own.start();
  }
  for (const each of rolls) each.note();
  const workloads = setup.workloads.map((workload) => rolling.get(workload)?.pods() ?? workload);
  const middle = resultOf({ simulation, quotas, workloads });
  finish(rolls);
  return { ...middle, rollouts: rolls.map((each) => each.outcome()) };
}

/** Tells the pods that come from those that run, which have none. */
const NEXT = '-next';

/** The pods that run, put on the same nodes anew, by the identity of their workload. */
function bindOld(was: ReturnType<typeof simulate>, { simulation }: Setup): Map<string, FitPod[]> {
  const { state } = simulation;
  const running = was.simulation.state.nodes.flatMap(({ pods }) => [...pods]);
  const found = new Map<string, FitPod[]>();
  for (const { target, ...pod } of running.sort((a, b) => a.started - b.started)) {
    const node = pod.node && state.node(pod.node.facts.name);
    if (node === undefined) continue;
    const copy: FitPod = {
      ...pod,
      ...(target !== undefined && { target: node }),
      revision: 'old',
      node: undefined,
    };
    simulation.bind(copy, node);
    push(found, keyOf(pod.owner.id), copy);
  }
  return found;
}

/** A manifest may leave out the namespace that kubectl prints. */
function keyOf({ kind, namespace = 'default', name }: ObjectId): string {
  return workloadKey(kind, namespace, name);
}

/** Lets pods of a workload that does not roll stay where they run. */
function keep({ pods }: WorkloadPods, old: readonly FitPod[], { simulation }: Setup): void {
  const byName = new Map(old.map((pod) => [pod.id.name, pod]));
  for (const pod of pods) {
    const its = byName.get(pod.id.name);
    if (its?.node === undefined) continue;
    const { node } = its;
    simulation.end(its);
    simulation.bind(pod, node);
    byName.delete(pod.id.name);
  }
  // A workload with fewer replicas has stopped the others.
  for (const pod of byName.values()) simulation.end(pod);
}

/** Takes all rollouts to where nothing moves any more. */
function finish(rolls: readonly Rolling[]): void {
  let hasMoved = true;
  while (hasMoved) {
    hasMoved = false;
    for (const each of rolls) if (each.stop()) hasMoved = true;
    for (const each of rolls) if (each.start()) hasMoved = true;
  }
}
