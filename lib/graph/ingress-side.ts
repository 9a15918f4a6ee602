import type { Manifest } from '../manifest/manifest';
import type { Cluster } from './cluster';
import { ingressPolicies, policiesOf, type Policy } from './policies';
import { brokenPolicies, type Port } from './policy-ports';
import { podsByOwner, type Pods } from './pods';
import { portsOf } from './ports';
import { Reach } from './reach';
import { jsonText } from '../manifest/json-text';

/** The policies that limit who may connect to pods, for rules about the other side. */
export class IngressSide {
  readonly #cluster: Cluster;
  readonly #places: ReadonlyMap<Policy, number>;
  readonly #broken: ReadonlySet<Manifest>;
  readonly #isBroken = new Map<readonly Policy[], boolean>();
  readonly #ids = new Map<readonly Policy[], number>();
  #reach: Reach | undefined;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    this.#places = new Map(policiesOf(cluster).map((policy, place) => [policy, place]));
    this.#broken = brokenPolicies(cluster);
  }

  /** The policies for pods: a list for each selection, shared by all of its pods. */
  policiesFor(pods: Pods): readonly (readonly Policy[])[] {
    return ingressPolicies(this.#cluster).of(pods);
  }

  /** The first policy for pods; none where there is none, or where one of them is wrong in itself. */
  firstFor(pods: Pods): Manifest | undefined {
    const lists = this.policiesFor(pods);
    if (lists.some((list) => this.#hasBroken(list))) return undefined;
    const place = (policy: Policy): number => this.#places.get(policy) ?? 0;
    const firsts = lists.flatMap(([policy]) => policy ?? []).sort((a, b) => place(a) - place(b));
    return firsts[0]?.manifest;
  }

  /** Whether the policies for `to` let `from` in. A block of addresses may mean any of the pods. */
  letsIn(from: Pods, to: Pods, port: Port): boolean {
    if (this.#reach === undefined) {
      const all = [...podsByOwner(this.#cluster).values()];
      this.#reach = new Reach(this.#cluster, all, all);
    }
    return this.#reach.letsIn(from, to, port);
  }

  /** Of pods that a policy limits, one of each kind: those of a kind have the same policies and ports. */
  kindsOf(pods: readonly Pods[]): readonly Pods[] {
    const found = new Map<string, Pods>();
    for (const each of pods) {
      const lists = this.policiesFor(each);
      if (lists.length === 0) continue;
      const ports = portsOf(each).map(({ name, number, protocol }) => [name, number, protocol]);
      const key = jsonText([lists.map((list) => this.#idOf(list)), ports]);
      if (!found.has(key)) found.set(key, each);
    }
    return [...found.values()];
  }

  #idOf(list: readonly Policy[]): number {
    const id = this.#ids.get(list) ?? this.#ids.size;
    this.#ids.set(list, id);
    return id;
  }

  #hasBroken(list: readonly Policy[]): boolean {
    const found = this.#isBroken.get(list) ?? list.some(({ manifest }) => this.#broken.has(manifest));
    this.#isBroken.set(list, found);
    return found;
  }
}
