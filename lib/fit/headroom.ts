import type { ObjectId } from '../manifest/manifest';
import type { Simulated } from './simulate';
import type { FitPod } from './state/node';

/** How many more pods of a workload find a node, next to all that run. */
export interface Headroom {
  readonly workload: ObjectId;
  /** At most 1000 are tried. */
  readonly more: number;
}

const MOST_TRIED = 1000;

/** The headroom of each workload whose number of pods is its own choice, each by itself. Puts everything back. */
export function headroomOf({ simulation, quotas, workloads }: Simulated): Headroom[] {
  return workloads.flatMap(({ id, isDaemon, pods }) => {
    const [first] = pods;
    if (first === undefined || isDaemon || id.kind === 'Pod') return [];
    return [{ workload: id, more: more(first, simulation, quotas) }];
  });
}

function more(like: FitPod, { find, state }: Simulated['simulation'], quotas: Simulated['quotas']): number {
  const tried: FitPod[] = [];
  while (tried.length < MOST_TRIED && quotas.admit(like) === undefined) {
    const pod: FitPod = { ...like, claims: [], node: undefined };
    const node = find(pod);
    if (node === undefined) {
      quotas.release(like);
      break;
    }
    state.add(pod, node);
    tried.push(pod);
  }
  for (const pod of tried) {
    state.remove(pod);
    quotas.release(pod);
  }
  return tried.length;
}
