import type { PodPort } from '../../../graph/connections';
import type { PodSet } from '../../../graph/pod-set';
import { push } from '../../../kube/grouped';
import type { Reach } from '../../../graph/reach';
import { closedPorts, type PortCallers } from './closed-ports';
import type { Step } from '../rule';
import type { Blame } from './blame';
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

/** The workloads on both sides, and what can change their connections. */
export interface Workloads {
  readonly was: Reach;
  readonly now: Reach;
  readonly lasting: readonly Lasting[];
  readonly blame: Blame;
  /** The changes of labels and ports, by the places of the pods that they alter. */
  readonly altered: ReadonlyMap<number, Step>;
}

/**
 * The connections that differ between two networks, by the change that closes or opens them: that of a policy on the side
 * that refuses, else of labels or ports of either side. Workloads that the same policies concern are compared once, and
 * their callers as sets.
 */
export function changedConnections(workloads: Workloads): ReadonlyMap<Step, Changed> {
  const found = new Map<Step, Changed>();
  const changedBy = (cause: Step): Changed => {
    const known = found.get(cause) ?? { lost: new Tally(), gained: new Tally() };
    found.set(cause, known);
    return known;
  };
  for (const members of classesOf(workloads, workloads.lasting)) {
    const [first] = members;
    const one = first === undefined ? undefined : workloads.lasting[first];
    if (one === undefined) continue;
    for (const [what, part] of differences(workloads, one)) {
      const tallyOf = (cause: Step): Tally => changedBy(cause)[what];
      tellChanged({ what, part, members, one, tallyOf }, workloads);
    }
  }
  return found;
}

/** Connections to workloads of one class that differ in the same way. */
interface Difference {
  readonly what: keyof Changed;
  readonly part: PortCallers;
  readonly members: readonly number[];
  /** The first of the members. */
  readonly one: Lasting;
  readonly tallyOf: (cause: Step) => Tally;
}

function tellChanged(difference: Difference, workloads: Workloads): void {
  const { what, part, one, members, tallyOf } = difference;
  const [port] = part.ports;
  if (port === undefined) return;
  const refusing = what === 'lost' ? workloads.now : workloads.was;
  const letIn = refusing.entering(what === 'lost' ? one.now : one.was, {
    number: port.port,
    protocol: port.protocol,
  });
  const leaving = letIn === undefined ? part.callers : part.callers.and(letIn);
  const refused = letIn === undefined ? undefined : part.callers.without(letIn);
  if (refused !== undefined)
    tellRefused({ ...difference, part: { ...part, callers: refused } }, port, workloads);

  const { blame, lasting } = workloads;
  const byPolicy = byCause(leaving, (caller) => {
    const subject = lasting[caller];
    return subject && blame.of(what, { way: 'egress', subject, peer: one, port });
  });
  for (const [cause, callers] of byPolicy)
    if (cause !== undefined) tellUnreached(tallyOf(cause), members, part, callers);
  const rest = byPolicy.get(undefined);
  if (rest !== undefined) tellAltered({ ...difference, part: { ...part, callers: rest.all } }, workloads);
}

/** What the policies of the members themselves refuse. */
function tellRefused(difference: Difference, port: PodPort, workloads: Workloads): void {
  const { what, part, one, members, tallyOf } = difference;
  const [first] = firstOf(part.callers, -1, 1);
  const peer = first === undefined ? undefined : workloads.lasting[first];
  if (peer === undefined) return;
  const cause = workloads.blame.of(what, { way: 'ingress', subject: one, peer, port });
  if (cause === undefined) return tellAltered(difference, workloads);
  for (const to of members) tellReached(tallyOf(cause), to, part);
}

/** What labels and ports change, of the members or else of their callers. */
function tellAltered({ part, members, tallyOf }: Difference, { altered }: Workloads): void {
  for (const to of members) {
    const cause = altered.get(to);
    if (cause !== undefined) tellReached(tallyOf(cause), to, part);
  }
  const unreached = members.filter((to) => !altered.has(to));
  if (unreached.length === 0) return;
  for (const [cause, callers] of byCause(part.callers, (caller) => altered.get(caller)))
    if (cause !== undefined) tellUnreached(tallyOf(cause), unreached, part, callers);
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

/** Of workloads that no change of their own concerns, those are told that lose or gain a caller which one does. */
function tellUnreached(
  tally: Tally,
  members: readonly number[],
  { ports }: PortCallers,
  callers: Callers,
): void {
  const { all, first } = callers;
  const sizeOf = (to: number): number => callers.size - (all.has(to) ? 1 : 0);
  const told = members.filter((to) => sizeOf(to) > 0);
  tally.count(told);
  for (const to of told.slice(0, MOST_TOLD)) {
    const from = first.filter((caller) => caller !== to);
    tally.offer([from[0] ?? 0, to, 1], () => ({ to, ports, from, callers: sizeOf(to) }));
  }
}

/** Some callers, the first of them, and how many they are. */
interface Callers {
  readonly all: PodSet;
  readonly first: number[];
  size: number;
}

/** The callers of each cause, and those without one. */
function byCause(
  callers: PodSet,
  causeOf: (caller: number) => Step | undefined,
): ReadonlyMap<Step | undefined, Callers> {
  const found = new Map<Step | undefined, Callers>();
  for (const caller of callers) {
    const cause = causeOf(caller);
    const known = found.get(cause) ?? { all: callers.without(callers), first: [], size: 0 };
    found.set(cause, known);
    known.all.add(caller);
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
