import type { LabelClass, PodMatcher } from '../pods/terms';
import type { FitNode } from './node';
import type { Topology } from './topology';

/** Sums of a count by the domains of a topology. */
export class DomainCounts {
  readonly topology: Topology;
  readonly byDomain: Int32Array;
  /** The domains in which some node counts. */
  readonly present: readonly number[];
  /** How much there is in all domains. */
  total = 0;
  readonly #counts: Uint8Array | undefined;

  /** @param among which nodes count; all by default */
  constructor(topology: Topology, nodes: readonly FitNode[] = [], among?: (node: FitNode) => boolean) {
    this.topology = topology;
    this.byDomain = new Int32Array(topology.values.length);
    this.#counts = among && Uint8Array.from(nodes, (node) => (among(node) ? 1 : 0));
    const here = nodes.filter((node) => this.#counts?.[node.index] !== 0);
    this.present = [...new Set(here.map((node) => topology.domain(node)))].filter((domain) => domain >= 0);
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

/** How many pods of a kind run on each node and in each domain. It is kept as pods come and go, and never counted anew. */
export class PodCounter {
  readonly #matcher: PodMatcher;
  readonly #byNode: Int32Array;
  readonly #sums: DomainCounts[] = [];

  constructor(matcher: PodMatcher, nodes: readonly FitNode[]) {
    this.#matcher = matcher;
    this.#byNode = new Int32Array(nodes.length);
    const known = new Map<LabelClass, boolean>();
    for (const node of nodes)
      for (const { shape } of node.pods) {
        const counts = known.get(shape.class) ?? matcher.accepts(shape.class);
        known.set(shape.class, counts);
        if (counts) this.#byNode[node.index] = this.on(node) + 1;
      }
  }

  accepts(pods: LabelClass): boolean {
    return this.#matcher.accepts(pods);
  }

  on(node: FitNode): number {
    return this.#byNode[node.index] ?? 0;
  }

  add(node: FitNode, amount: number): void {
    this.#byNode[node.index] = this.on(node) + amount;
    for (const sums of this.#sums) sums.add(node, amount);
  }

  /** Sums of these counts, kept up to date from now on. */
  sums(topology: Topology, nodes: readonly FitNode[], among?: (node: FitNode) => boolean): DomainCounts {
    const sums = new DomainCounts(topology, nodes, among);
    for (const node of nodes) if (this.on(node) > 0) sums.add(node, this.on(node));
    this.#sums.push(sums);
    return sums;
  }
}
