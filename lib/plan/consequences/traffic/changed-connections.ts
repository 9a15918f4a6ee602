import type { PodPort } from '../../../graph/connections';
import type { PodSet } from '../../../graph/pod-set';
import { push } from '../../../kube/grouped';
import type { Reach } from '../../../graph/reach';
import { closedPorts, type PortCallers } from './closed-ports';
import type { Step } from '../rule';
import type { Lasting } from './connection-causes';

/** More callers than this are counted, where everything is asked for. */
const MOST_CALLERS = 100;
/** More destinations than this are not told with their callers. */
const MOST_TOLD = 5;
/** More destinations than this are counted, where everything is asked for. */
const MOST_TARGETS = 500;

/** A workload that others can no longer reach, or now can, on some ports. */
export interface ChangedTarget {
  /** Its place among the workloads. */
  readonly to: number;
  readonly ports: readonly PodPort[];
  /** The places of the first of the others, and how many they are. */
  readonly from: readonly number[];
  readonly callers: number;
}

/** What one change closes and opens. */
export interface Changed {
  readonly lost: Tally;
  readonly gained: Tally;
}

/** The first targets in the order of the workloads, and how many there are. */
export class Tally {
  readonly #first: { readonly target: ChangedTarget; readonly order: readonly number[] }[] = [];
  readonly #places: number[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The places of the targets beyond the first, or of most of them. */
  get others(): readonly number[] {
    const told = new Set(this.first.map(({ to }) => to));
    return [...new Set(this.#places)].filter((place) => !told.has(place)).sort((a, b) => a - b);
  }

  get first(): readonly ChangedTarget[] {
    return this.#first.map(({ target }) => target);
  }

  /** Counts targets, of which not all are offered. */
  count(targets: readonly number[]): void {
    this.#size += targets.length;
    this.#places.push(...targets.slice(0, MOST_TARGETS - this.#places.length));
  }

  /** @param order compared number by number */
  offer(order: readonly number[], target: () => ChangedTarget): void {
    const last = this.#first[MOST_TOLD - 1];
    if (last !== undefined && compare(last.order, order) <= 0) return;
    this.#first.push({ target: target(), order });
    this.#first.sort((a, b) => compare(a.order, b.order)).splice(MOST_TOLD);
  }
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [at, each] of a.entries()) if (each !== b[at]) return each - (b[at] ?? 0);
  return 0;
}

/**
 * The connections that differ between two networks, by the change that reaches one of their ends. Workloads that the same
 * policies concern are compared once, and their callers as sets.
 */
export function changedConnections(
  networks: { readonly was: Reach; readonly now: Reach },
  lasting: readonly Lasting[],
  reached: ReadonlyMap<number, Step>,
): ReadonlyMap<Step, Changed> {
  const found = new Map<Step, Changed>();
  const changedBy = (cause: Step): Changed => {
    const known = found.get(cause) ?? { lost: new Tally(), gained: new Tally() };
    found.set(cause, known);
    return known;
  };
  for (const members of classesOf(networks, lasting)) {
    const [first] = members;
    const one = first === undefined ? undefined : lasting[first];
    if (one === undefined) continue;
    const unreached = members.filter((to) => !reached.has(to));
    for (const [what, part] of differences(networks, one)) {
      for (const to of members) {
        const cause = reached.get(to);
        if (cause !== undefined) tellReached(changedBy(cause)[what], to, part);
      }
      if (unreached.length === 0) continue;
      for (const [cause, callers] of byCause(part.callers, reached))
        tellUnreached(changedBy(cause)[what], unreached, part, callers);
    }
  }
  return found;
}

/** Workloads that cannot differ in who reaches them, by their places. */
function classesOf(
  { was, now }: { readonly was: Reach; readonly now: Reach },
  lasting: readonly Lasting[],
): Iterable<readonly number[]> {
  const classes = new Map<string, number[]>();
  for (const [place, pods] of lasting.entries())
    push(classes, `${was.classOf(pods.was)} ${now.classOf(pods.now)}`, place);
  return classes.values();
}

function differences(
  networks: { readonly was: Reach; readonly now: Reach },
  { was, now, ports }: Lasting,
): (readonly [keyof Changed, PortCallers])[] {
  const callersOf = (reach: Reach, to: Lasting['was']) => (port: PodPort) => ({
    port,
    callers: reach.callersOf(to, { number: port.port, protocol: port.protocol }),
  });
  const before = ports.was.map(callersOf(networks.was, was));
  const after = ports.now.map(callersOf(networks.now, now));
  return [
    ...closedPorts(before, after).map((part) => ['lost', part] as const),
    ...closedPorts(after, before).map((part) => ['gained', part] as const),
  ];
}

function tellReached(tally: Tally, to: number, { ports, callers }: PortCallers): void {
  const size = callers.size - (callers.has(to) ? 1 : 0);
  if (size === 0) return;
  const [first = 0] = firstOf(callers, to, 1);
  tally.count([to]);
  tally.offer([to, first, 0], () => ({ to, ports, from: firstOf(callers, to, MOST_CALLERS), callers: size }));
}

/** Of workloads that no change reaches, those are told that lose or gain a caller which one does. */
function tellUnreached(
  tally: Tally,
  all: readonly number[],
  { ports }: PortCallers,
  { first, size }: Callers,
): void {
  tally.count(all);
  for (const to of all.slice(0, MOST_TOLD))
    tally.offer([first[0] ?? 0, to, 1], () => ({ to, ports, from: first, callers: size }));
}

/** The first of some callers, and how many they are. */
interface Callers {
  readonly first: number[];
  size: number;
}

/** The callers that a change reaches, by the change. */
function byCause(callers: PodSet, reached: ReadonlyMap<number, Step>): ReadonlyMap<Step, Callers> {
  const found = new Map<Step, Callers>();
  for (const caller of callers) {
    const cause = reached.get(caller);
    if (cause === undefined) continue;
    const known = found.get(cause) ?? { first: [], size: 0 };
    found.set(cause, known);
    known.size++;
    if (known.first.length < MOST_CALLERS) known.first.push(caller);
  }
  return found;
}

function firstOf(callers: PodSet, self: number, most: number): number[] {
  const found: number[] = [];
  for (const caller of callers) {
    if (caller === self) continue;
    found.push(caller);
    if (found.length === most) break;
  }
  return found;
}
