import type { ObjectId } from '../../manifest/manifest';
import { identityKey } from '../../manifest/manifest';
import type { PodShape } from '../pods/shape';
import type { Failure } from '../schedule/failure';
import { firstOf, type OpenStart, type Simulated } from '../simulate';
import type { FitNode, FitPod } from '../state/node';
import type { WorkloadPods } from '../workloads/workload';
import { lowerRequests } from './requests';
import { changed, type FitChange, type Step } from './step';
import { stepsFor } from './steps';

/** What to change so that all pods of a workload find a node. */
export interface LeastChange {
  readonly workload: ObjectId;
  /** All of it together; another entry is another way. */
  readonly changes: readonly FitChange[];
  /** How many pods find a node then that find none now. */
  readonly pods: number;
}

/** So many nodes are looked at for pods of all trials of a workload together, and of all workloads. */
const MOST_LOOKED_AT = 5_000_000;
const MOST_OF_ALL = 15_000_000;
/** So many changes are made together, and so many ways are told. */
const MOST_STEPS = 3;
const MOST_WAYS = 3;
/** Of the ways that are not enough, so many are followed. */
const MOST_FOLLOWED = 8;
/** So many pods and nodes are fitted again with changes. */
const MOST_VERIFIED = 100_000;

/**
 * The fewest changes of the pods of each workload by which all of them find a node, without fewer of others: found on the
 * cluster as it is, and then made sure of by fitting everything again. Puts everything back.
 */
export function leastChanges(start: OpenStart, found: Simulated): LeastChange[] {
  const budget: Budget = { looked: MOST_OF_ALL, verified: MOST_VERIFIED };
  return found.workloads.flatMap((workload) => {
    const waiting = workload.pods.filter((pod) => pod.node === undefined);
    const failure = waiting.map((pod) => failureOf(pod, found)).find((each) => each !== undefined);
    if (failure === undefined || workload.isDaemon) return [];
    return new Search(workload, found, budget).run(failure).flatMap((steps): LeastChange[] => {
      const shape = steps.at(-1)?.shape;
      if (shape === undefined || !isEnough(start, found, workload, shape, budget)) return [];
      const changes = steps.map(({ kind, text }): FitChange => ({ kind, text }));
      return [{ workload: workload.id, changes, pods: waiting.length }];
    });
  });
}

interface Budget {
  looked: number;
  verified: number;
}

function failureOf(pod: FitPod, { simulation }: Simulated): Failure | undefined {
  const why = simulation.unplaced.get(pod);
  return why !== undefined && 'failure' in why && why.refusedBy === undefined ? why.failure : undefined;
}

/** Whether all pods of the workload find a node with the change when everything is fitted again, and no fewer of others. */
function isEnough(
  start: OpenStart,
  found: Simulated,
  { id }: WorkloadPods,
  shape: PodShape,
  budget: Budget,
): boolean {
  const key = identityKey(id);
  budget.verified -= start.nodes.length + found.workloads.reduce((sum, { pods }) => sum + pods.length, 0);
  if (budget.verified < 0) return false;
  const again = firstOf({ ...start, change: { key, shape } });
  const before = new Map(found.workloads.map((each) => [identityKey(each.id), placed(each)]));
  return again.workloads.every((each) => {
    const its = identityKey(each.id);
    return placed(each) >= (its === key ? each.pods.length : (before.get(its) ?? 0));
  });
}

function placed({ pods }: WorkloadPods): number {
  return pods.reduce((sum, { node }) => sum + (node === undefined ? 0 : 1), 0);
}

interface Way {
  readonly shape: PodShape;
  readonly steps: readonly Step[];
  readonly failure: Failure;
}

/** Tries changes on the cluster as it is, with all pods of the workload placed anew. */
class Search {
  readonly #pods: readonly FitPod[];
  readonly #simulation: Simulated['simulation'];
  readonly #budget: Budget;
  #looked = 0;

  constructor({ pods }: WorkloadPods, { simulation }: Simulated, budget: Budget) {
    this.#pods = pods;
    this.#simulation = simulation;
    this.#budget = budget;
  }

  /** The ways with the fewest steps by which every pod finds a node. */
  run(failure: Failure): (readonly Step[])[] {
    const [first] = this.#pods;
    if (first === undefined) return [];
    const { state } = this.#simulation;
    const at = this.#pods.flatMap((pod) => (pod.node === undefined ? [] : [[pod, pod.node] as const]));
    for (const [pod] of at) state.remove(pod);
    let ways: Way[] = [{ shape: first.shape, steps: [], failure }];
    let enough: (readonly Step[])[] = [];
    for (let steps = 0; steps < MOST_STEPS && enough.length === 0; steps++) {
      const next = ways.flatMap((way) => this.#follow(way, enough));
      ways = next.slice(0, MOST_FOLLOWED);
    }
    for (const [pod, node] of at) state.add(pod, node);
    enough = enough.slice(0, MOST_WAYS);
    return enough;
  }

  /** Ways with one step more that are not enough yet; those that are join `enough`. */
  #follow({ shape, steps, failure }: Way, enough: (readonly Step[])[]): Way[] {
    const kinds = new Set(enough.map((way) => way.map(({ kind }) => kind).join()));
    return this.#stepsFor(shape, failure).flatMap((step): Way[] => {
      const all = [...steps, step];
      const kind = all.map((each) => each.kind).join();
      if (kinds.has(kind) && step.kind === 'spread') return [];
      const next = this.#try(step.shape);
      if (next === undefined) {
        kinds.add(kind);
        enough.push(all);
      } else if (next !== 'too-long') return [{ shape: step.shape, steps: all, failure: next }];
      return [];
    });
  }

  #stepsFor(shape: PodShape, failure: Failure): Step[] {
    const { nodes } = this.#simulation.state;
    const others = stepsFor(shape, failure, nodes);
    if (!failure.filters.has('NodeResourcesFit')) return others;
    return [
      ...lowerRequests(shape, failure.reasons, this.#otherwiseFine(shape), this.#pods.length),
      ...others,
    ];
  }

  /** The nodes that would take the pods, were it not for their requests. */
  #otherwiseFine(shape: PodShape): FitNode[] {
    const [first] = this.#pods;
    if (first === undefined) return [];
    const nothing = { cpu: 0, memory: 0, storage: 0, others: new Map<string, number>() };
    const pod = { ...first, shape: changed(shape, { requests: nothing }), node: undefined };
    return this.#simulation.takers(pod);
  }

  /** Why a pod of the workload finds no node with another shape; nothing where all do. */
  #try(shape: PodShape): Failure | 'too-long' | undefined {
    const { state } = this.#simulation;
    const tried: FitPod[] = [];
    let failure: Failure | 'too-long' | undefined;
    for (const each of this.#pods) {
      if (!this.#mayLook()) failure = 'too-long';
      if (failure !== undefined) break;
      const pod: FitPod = { ...each, shape, node: undefined };
      const found = this.#simulation.find(pod);
      if ('reasons' in found) failure = found;
      else {
        state.add(pod, found);
        tried.push(pod);
      }
    }
    for (const pod of tried) state.remove(pod);
    return failure;
  }

  #mayLook(): boolean {
    const { length } = this.#simulation.state.nodes;
    this.#looked += length;
    this.#budget.looked -= length;
    return this.#looked < MOST_LOOKED_AT && this.#budget.looked > 0;
  }
}
