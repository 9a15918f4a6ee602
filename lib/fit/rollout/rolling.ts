import { create, type Setup } from '../simulate';
import type { FitPod } from '../state/node';
import type { WorkloadPods } from '../workloads/workload';
import type { FitRollout } from './outcome';
import type { Pace } from './pace';

/** What a rollout is about. */
export interface RollingParts {
  readonly workload: WorkloadPods;
  readonly pace: Pace;
  /** The pods that are not replaced. */
  readonly kept: readonly FitPod[];
  /** The pods that run, in the order in which they stop. */
  readonly old: readonly FitPod[];
  /** The pods that come, in their order. */
  readonly next: readonly FitPod[];
}

/** A rollout that is under way: old pods stop, and new ones start, as far as its pace lets them. */
export class Rolling {
  readonly workload: WorkloadPods;
  readonly #pace: Pace;
  readonly #setup: Pick<Setup, 'simulation' | 'quotas'>;
  readonly #kept: readonly FitPod[];
  readonly #old: FitPod[];
  readonly #next: FitPod[];
  readonly #made: FitPod[] = [];
  #waiting = 0;
  #message: string | undefined;

  constructor(
    { workload, pace, kept, old, next }: RollingParts,
    setup: Pick<Setup, 'simulation' | 'quotas'>,
  ) {
    this.workload = workload;
    this.#pace = pace;
    this.#setup = setup;
    this.#kept = kept;
    this.#old = [...old];
    this.#next = [...next];
  }

  /** Stops the old pods that may stop now, those that do not run first; whether any did. */
  stop(): boolean {
    const { unavailable } = this.#pace;
    const before = this.#old.length;
    const least = this.#replaced - unavailable - this.#made.filter(({ node }) => node !== undefined).length;
    for (const pod of this.#old.filter(({ node }) => node === undefined)) this.#end(pod);
    while (this.#old.length > least) {
      const pod = this.#nextToStop();
      if (pod === undefined) break;
      this.#end(pod);
    }
    return this.#old.length < before;
  }

  /** On each node a new pod of a DaemonSet that surges runs before the old one stops. */
  #nextToStop(): FitPod | undefined {
    const { surge, isPaired } = this.#pace;
    if (!isPaired || surge === 0) return this.#old[0];
    const done = new Set(this.#made.flatMap(({ node }) => node ?? []));
    return this.#old.find(({ node }) => node !== undefined && done.has(node));
  }

  #end(pod: FitPod): void {
    this.#old.splice(this.#old.indexOf(pod), 1);
    this.#setup.quotas.release(pod);
    this.#setup.simulation.end(pod);
  }

  /** How many pods are replaced in all. */
  get #replaced(): number {
    return this.#pace.replicas - this.#pace.kept;
  }

  /** Makes the new pods that may come now, and looks for nodes for those that wait; whether any came or found one. */
  start(): boolean {
    const { surge } = this.#pace;
    const { simulation, quotas } = this.#setup;
    let hasMoved = false;
    for (const pod of this.#made) {
      if (pod.node !== undefined) continue;
      const why = simulation.unplaced.get(pod);
      if (why !== undefined && !('refusedBy' in why)) quotas.release(pod);
      if (create(pod, simulation, quotas)) hasMoved = true;
      // The next one is made alike.
      else if (pod.target === undefined) break;
    }
    while (this.#next.length > 0 && this.#old.length + this.#made.length < this.#replaced + surge) {
      const pod = this.#next.shift();
      if (pod === undefined) break;
      this.#made.push(pod);
      create(pod, simulation, quotas);
      hasMoved = true;
    }
    return hasMoved;
  }

  /** The pods that there are now, with those that wait. */
  pods(): WorkloadPods {
    return { ...this.workload, pods: [...this.#kept, ...this.#old, ...this.#made] };
  }

  /** Keeps in mind how many pods wait now. */
  note(): void {
    const waiting = this.#pending();
    this.#waiting = waiting.length;
    this.#message = this.#why(waiting);
  }

  /** What has become of it in the end. */
  outcome(): FitRollout {
    const { replicas, surge, unavailable } = this.#pace;
    const pending = this.#pending();
    const isStuck = pending.length > 0 || this.#old.length > 0 || this.#next.length > 0;
    const message = isStuck ? (this.#why(pending) ?? this.#message) : this.#message;
    const origin = this.workload.manifest?.origin;
    return {
      workload: this.workload.id,
      replicas,
      surge,
      unavailable,
      updated: this.#made.length - pending.length,
      isStuck,
      waiting: this.#waiting,
      ...(message !== undefined && { message }),
      ...(origin !== undefined && { origin }),
    };
  }

  #pending(): FitPod[] {
    return this.#made.filter(({ node }) => node === undefined);
  }

  #why([pod]: readonly FitPod[]): string | undefined {
    const why = pod && this.#setup.simulation.unplaced.get(pod);
    return why !== undefined && 'failure' in why ? why.failure.message : undefined;
  }
}
