import type { LabelClass, PodMatcher } from '../pods/terms';
import type { FitNode } from './node';
import type { Topology } from './topology';

/** Sums of a count by the domains of a topology. */
export class DomainCounts {
  readonly topology: Topology;
  readonly byDomain: Int32Array;
  /** How much there is in all domains. */
  total = 0;
  readonly #nodes: readonly FitNode[];
  readonly #counts: Uint8Array | undefined;
  #present: readonly number[] | undefined;

  /** @param among which nodes count; all by default */
  constructor(topology: Topology, nodes: readonly FitNode[], among?: (node: FitNode) => boolean) {
    this.topology = topology;
    this.byDomain = new Int32Array(topology.values.length);
    this.#nodes = nodes;
    this.#counts = among && Uint8Array.from(nodes, (node) => (among(node) ? 1 : 0));
  }

  /** The domains in which some node counts. */
  get present(): readonly number[] {
    if (this.#present !== undefined) return this.#present;
    const here = this.#nodes.filter(({ index }) => this.#counts?.[index] !== 0);
    const domains = new Set(here.map((node) => this.topology.domain(node)));
    domains.delete(-1);
    this.#present = [...domains];
    return this.#present;
  }

  add(node: FitNode, amount: number): void {
    const domain = this.topology.domain(node);
    if (domain < 0 || this.#counts?.[node.index] === 0) return;
    this.byDomain[domain] = (this.byDomain[domain] ?? 0) + amount;
    this.total += amount;
  }

  /** What there is in the domain of a node; nothing for a node that is in none. */
  at(node: FitNode): number {
    return this.byDomain[this.topology.domain(node)] ?? 0;
  }
}

/** How many pods run on each node, by what selectors can tell apart. */
export type RunningByClass = ReadonlyMap<LabelClass, ReadonlyMap<FitNode, number>>;

/** How many pods of a kind run on each node and in each domain. It is kept as pods come and go, and never counted anew. */
export class PodCounter {
  readonly matcher: PodMatcher;
  readonly #byNode = new Map<FitNode, number>();
  readonly #sums: DomainCounts[] = [];

  /** @param running how many pods of each kind run where */
  constructor(matcher: PodMatcher, running: RunningByClass) {
    this.matcher = matcher;
    for (const [pods, byNode] of running)
      if (matcher.accepts(pods)) for (const [node, count] of byNode) this.#count(node, count);
  }

  on(node: FitNode): number {
    return this.#byNode.get(node) ?? 0;
  }

  /** Writes how many run on each node into a list by the place of the node, which has 0 for all others. */
  fill(byPlace: Int32Array): void {
    for (const [{ index }, count] of this.#byNode) byPlace[index] = count;
  }

  /** Writes 0 where `fill` wrote something else. */
  clear(byPlace: Int32Array): void {
    for (const { index } of this.#byNode.keys()) byPlace[index] = 0;
  }

  add(node: FitNode, amount: number): void {
    this.#count(node, amount);
    for (const sums of this.#sums) sums.add(node, amount);
  }

  /** Sums of these counts, kept up to date from now on. */
  sums(topology: Topology, nodes: readonly FitNode[], among?: (node: FitNode) => boolean): DomainCounts {
    const sums = new DomainCounts(topology, nodes, among);
    for (const [node, count] of this.#byNode) sums.add(node, count);
    this.#sums.push(sums);
    return sums;
  }

  #count(node: FitNode, amount: number): void {
    const count = this.on(node) + amount;
    if (count === 0) this.#byNode.delete(node);
    else this.#byNode.set(node, count);
  }
}
