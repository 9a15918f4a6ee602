import type { FitPod } from './node';
import type { LabelClass, PodMatcher } from '../pods/terms';
import type { Volumes } from '../volumes/volumes';
import { HeldTerms } from './held-terms';
import { FitNode, type NodeFacts } from './node';
import { DomainCounts, PodCounter } from './pod-counter';
import { LabelIndex } from './label-index';
import { Topology } from './topology';

/** As many changes are kept for each node: who missed more looks at all nodes anew. */
const MOST_KEPT = 8;

/**
 * The nodes with the pods on them, and everything that filters and scores count. Counts by topology are kept as pods come
 * and go, so that a pod costs no more the more pods there are.
 */
export class ClusterState {
  readonly nodes: readonly FitNode[];
  readonly volumes: Volumes;
  readonly held: HeldTerms;
  /** Whether pods would rather not run on some node. */
  readonly hasPreferredTaints: boolean;
  /** A number for each node, 0 for whoever borrows it, and 0 again when they are done. */
  readonly scratch: Int32Array;
  /** Rises with each change: what was found out at one version holds while it is the same. */
  version = 0;
  readonly #byName: ReadonlyMap<string, FitNode>;
  readonly #topologies = new Map<string, Topology>();
  readonly #counters = new Map<string, PodCounter>();
  readonly #counts = new Map<string, DomainCounts>();
  readonly #countersOf = new LabelIndex<PodCounter>(({ matcher }) => matcher);
  readonly #running = new Map<LabelClass, Map<FitNode, number>>();
  readonly #priorities = new Map<number, number>();
  #starts = 0;
  /** The nodes whose pods changed last, by their place, and how many changed before them. */
  readonly #changed: number[] = [];
  #forgotten = 0;

  constructor(nodes: readonly NodeFacts[], volumes: Volumes) {
    this.nodes = nodes.map((facts, index) => new FitNode(facts, index));
    this.#byName = new Map(this.nodes.map((node) => [node.facts.name, node]));
    this.volumes = volumes;
    this.scratch = new Int32Array(nodes.length);
    this.held = new HeldTerms((key) => new DomainCounts(this.topology(key), this.nodes));
    this.hasPreferredTaints = nodes.some(({ taints }) => taints.some(isPreference));
  }

  node(name: string): FitNode | undefined {
    return this.#byName.get(name);
  }

  topology(key: string): Topology {
    const known = this.#topologies.get(key);
    if (known !== undefined) return known;
    const topology = new Topology(this.nodes, key);
    this.#topologies.set(key, topology);
    return topology;
  }

  /** The count of some pods; all that ask for the same pods share it. */
  counter(matcher: PodMatcher): PodCounter {
    const known = this.#counters.get(matcher.key);
    if (known !== undefined) return known;
    const counter = new PodCounter(matcher, this.#running);
    this.#counters.set(matcher.key, counter);
    this.#countersOf.add(counter);
    return counter;
  }

  /** The pods that something accepts, by the domains of a label of all nodes. */
  counts(matcher: PodMatcher, topologyKey: string): DomainCounts {
    return this.countsAmong(matcher, topologyKey, '', undefined);
  }

  /**
   * The same on some of the nodes alone.
   *
   * @param which what tells these nodes from others: who asks for the same ones shares the counts
   */
  countsAmong(
    matcher: PodMatcher,
    topologyKey: string,
    which: string,
    among: ((node: FitNode) => boolean) | undefined,
  ): DomainCounts {
    const key = `${topologyKey}\n${matcher.key}\n${which}`;
    const known = this.#counts.get(key);
    if (known !== undefined) return known;
    const counts = this.counter(matcher).sums(this.topology(topologyKey), this.nodes, among);
    this.#counts.set(key, counts);
    return counts;
  }

  /** Puts a pod on a node, as if it started now. */
  start(pod: FitPod, node: FitNode): void {
    pod.started = this.#starts++;
    this.add(pod, node);
  }

  /** Puts a pod on a node, or back on it. */
  add(pod: FitPod, node: FitNode): void {
    pod.node = node;
    node.hold(pod);
    this.#count(pod, node, 1);
  }

  remove(pod: FitPod): void {
    const { node } = pod;
    if (node === undefined) return;
    node.release(pod);
    this.#count(pod, node, -1);
    pod.node = undefined;
  }

  /** Keeps new pods off a node, or lets them on it again. */
  cordon(node: FitNode, isCordoned: boolean): void {
    node.isCordoned = isCordoned;
    node.version++;
    this.#note(node);
  }

  /** How many changes there were. */
  get changes(): number {
    return this.#forgotten + this.#changed.length;
  }

  /** The nodes that changed after so many changes, by their place; `undefined` where they are too many to be kept. */
  changedSince(changes: number): readonly number[] | undefined {
    const from = changes - this.#forgotten;
    if (from < 0 || this.#changed.length - from > this.nodes.length) return undefined;
    return this.#changed.slice(from);
  }

  /** Whether a pod with a lower priority runs anywhere. */
  hasBelow(priority: number): boolean {
    for (const [each, pods] of this.#priorities) if (each < priority && pods > 0) return true;
    return false;
  }

  #count(pod: FitPod, node: FitNode, sign: 1 | -1): void {
    const { shape } = pod;
    const byNode = this.#running.get(shape.class) ?? new Map<FitNode, number>();
    this.#running.set(shape.class, byNode);
    for (const counter of this.#countersOf.accepting(shape.class)) counter.add(node, sign);
    byNode.set(node, (byNode.get(node) ?? 0) + sign);
    for (const { where } of this.held.of(shape)) where.add(node, sign);
    this.volumes.count(pod, sign);
    this.#priorities.set(shape.priority, (this.#priorities.get(shape.priority) ?? 0) + sign);
    this.#note(node);
  }

  #note(node: FitNode): void {
    this.version++;
    this.#changed.push(node.index);
    if (this.#changed.length <= MOST_KEPT * this.nodes.length + MOST_KEPT) return;
    this.#forgotten += this.#changed.length;
    this.#changed.length = 0;
  }
}

function isPreference({ effect }: NodeFacts['taints'][number]): boolean {
  return effect === 'PreferNoSchedule';
}
