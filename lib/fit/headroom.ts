import type { ObjectId } from '../manifest/manifest';
import type { Simulated } from './simulate';
import type { FitPod } from './state/node';
import type { WorkloadPods } from './workloads/workload';

/** How many more pods of a workload find a node, next to all that run. */
export interface Headroom {
  readonly workload: ObjectId;
  /** At most 1000 are tried. */
  readonly more: number;
  /** Why the next one finds none, in the words of kube-scheduler, or of the API server where a quota refuses it. */
  readonly message?: string;
}

const MOST_TRIED = 1000;

/** The headroom of each workload whose number of pods is its own choice, each by itself. Puts everything back. */
export function headroomOf(simulated: Simulated): Headroom[] {
  return simulated.workloads.flatMap((workload) => {
    const room = roomFor(workload, simulated, MOST_TRIED);
    return room === undefined ? [] : [{ workload: workload.id, ...room }];
  });
}

/**
 * How many more pods of a workload find a node, and why the next finds none; nothing for one whose number is not its own
 * choice, or that has no pods. Puts everything back.
 *
 * @param most so many are tried
 */
export function roomFor(
  { id, isDaemon, pods }: WorkloadPods,
  simulated: Simulated,
  most: number,
): Omit<Headroom, 'workload'> | undefined {
  const [first] = pods;
  if (first === undefined || isDaemon || id.kind === 'Pod') return undefined;
  return new Room(first, simulated).fill(most);
}

class Room {
  readonly #like: FitPod;
  readonly #simulated: Simulated;
  readonly #tried: FitPod[] = [];

  constructor(like: FitPod, simulated: Simulated) {
    this.#like = like;
    this.#simulated = simulated;
  }

  fill(most: number): Omit<Headroom, 'workload'> {
    let message: string | undefined;
    while (message === undefined && this.#tried.length < most) message = this.#add();
    this.#putBack();
    return { more: this.#tried.length, ...(message !== undefined && { message }) };
  }

  /** Why there is no room for one more; nothing where there is, which it takes. */
  #add(): string | undefined {
    const { simulation, quotas } = this.#simulated;
    const pod: FitPod = { ...this.#like, claims: [], node: undefined };
    const refusal = quotas.admit(pod);
    if (refusal !== undefined) return refusal.message;
    const found = simulation.find(pod);
    if ('reasons' in found) {
      quotas.release(pod);
      return found.message;
    }
    simulation.state.add(pod, found);
    this.#tried.push(pod);
    return undefined;
  }

  #putBack(): void {
    const { simulation, quotas } = this.#simulated;
    for (const pod of this.#tried) {
      simulation.state.remove(pod);
      quotas.release(pod);
    }
  }
}
