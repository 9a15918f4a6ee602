import { Callers, SelectionSets } from './callers';
import type { Cluster } from './cluster';
import type { Direction, Policy, PolicyRule } from './policies';
import { policiesOf } from './policies';
import { podsOfPeer } from './policy-peers';
import type { Port } from './policy-ports';
import { PodSet } from './pod-set';
import type { Pods } from './pods';
import { portsOf } from './ports';
import { worldOf } from './references';
import { RulesByPort } from './rules-by-port';
import { jsonText } from '../manifest/json-text';

/**
 * Which of some pods the NetworkPolicies of a cluster let reach which, as sets. Pods that the same policies and peers select
 * are alike, and the sets of rules for one port are joined once: to look at every pair of pods would take the square of
 * their number, and for each pair all of their rules.
 */
export class Reach {
  readonly pods: readonly Pods[];
  readonly #places: ReadonlyMap<Pods, number>;
  readonly #all: PodSet;
  /** The pods that no policy limits in what they connect to. */
  readonly #free: PodSet;
  /** Rules for who may come in, by the pods that they are for. */
  readonly #ingress: Sides;
  /** Rules for who may go out, by the pods that they lead to. */
  readonly #egress: Sides;

  /** @param blocks the pods that a block of addresses may mean; none where blocks are for what is outside the cluster */
  constructor(cluster: Cluster, pods: readonly Pods[], blocks: readonly Pods[] = []) {
    this.pods = pods;
    this.#places = new Map(pods.map((each, place) => [each, place]));
    this.#all = PodSet.all(pods.length);
    const sets = new SelectionSets(this.#places);
    this.#ingress = new Sides(this.#places, sets);
    this.#egress = new Sides(this.#places, sets);
    const limited = new Set<readonly Pods[]>();
    const world = worldOf(cluster);
    const peersOf = (policy: Policy, { peers }: PolicyRule): (readonly Pods[])[] =>
      peers.length === 0 ? [pods] : peers.map((peer) => podsOfPeer(world, policy.namespace, peer) ?? blocks);
    const rulesOf = (policy: Policy, way: Direction): readonly PolicyRule[] => policy.rules[way] ?? [];
    for (const policy of policiesOf(cluster)) {
      if (policy.rules.ingress !== undefined) this.#ingress.limit(policy.pods);
      for (const rule of rulesOf(policy, 'ingress'))
        this.#ingress.add(policy.pods, rule, peersOf(policy, rule));
      if (policy.rules.egress !== undefined) limited.add(policy.pods);
      for (const rule of rulesOf(policy, 'egress'))
        for (const to of peersOf(policy, rule)) this.#egress.add(to, rule, [policy.pods]);
    }
    this.#free = this.#all.without(sets.union(limited));
  }

  /** Who may connect to a port of `to`, which may be among them. */
  callersOf(to: Pods, port: Port): PodSet {
    const leaving = this.#free.copy();
    this.#egress.addCallers(leaving, to, port);
    return this.entering(to, port)?.and(leaving) ?? leaving;
  }

  /** Who the rules for `to` let in, whatever those for the callers say; nothing where it lets everybody in. */
  entering(to: Pods, port: Port): PodSet | undefined {
    if (!this.#ingress.isLimited(to)) return undefined;
    const found = new PodSet(this.pods.length);
    this.#ingress.addCallers(found, to, port);
    return found;
  }

  /** Whether the rules for `to` let `from` in, whatever those for `from` say. */
  letsIn(from: Pods, to: Pods, port: Port): boolean {
    const place = this.#places.get(from);
    if (!this.#ingress.isLimited(to)) return true;
    return place !== undefined && this.#ingress.hasCaller(place, to, port);
  }

  /** Pods of the same class have the same ports, and the same callers for each of them. */
  classOf(to: Pods): string {
    const ports = portsOf(to).map(({ name, number, protocol }) => `${name} ${number} ${protocol}`);
    return jsonText([this.#ingress.classOf(to), this.#egress.classOf(to), ports]);
  }
}

/** Rules by a selection of pods that connections lead to, each with the selections that they come from. */
class Sides {
  readonly #places: ReadonlyMap<Pods, number>;
  readonly #sets: SelectionSets;
  readonly #bySelection = new Map<
    readonly Pods[],
    { readonly id: number; readonly rules: RulesByPort<Callers> }
  >();
  #byPods:
    ReadonlyMap<Pods, readonly { readonly id: number; readonly rules: RulesByPort<Callers> }[]> | undefined;

  constructor(places: ReadonlyMap<Pods, number>, sets: SelectionSets) {
    this.#places = places;
    this.#sets = sets;
  }

  /** Nobody may connect to a selection, unless a rule lets them. */
  limit(selection: readonly Pods[]): void {
    this.#side(selection);
  }

  add(selection: readonly Pods[], rule: PolicyRule, callers: readonly (readonly Pods[])[]): void {
    for (const bucket of this.#side(selection).rules.into(rule)) for (const each of callers) bucket.add(each);
  }

  isLimited(to: Pods): boolean {
    return this.#sidesOf(to).length > 0;
  }

  addCallers(found: PodSet, to: Pods, port: Port): void {
    for (const { rules } of this.#sidesOf(to))
      for (const callers of rules.about(to, port)) callers.addTo(found);
  }

  hasCaller(place: number, to: Pods, port: Port): boolean {
    return this.#sidesOf(to).some(({ rules }) => rules.about(to, port).some((callers) => callers.has(place)));
  }

  classOf(to: Pods): number[] {
    return this.#sidesOf(to).map(({ id }) => id);
  }

  #side(selection: readonly Pods[]) {
    const known = this.#bySelection.get(selection) ?? {
      id: this.#bySelection.size,
      rules: new RulesByPort(() => new Callers(this.#sets)),
    };
    this.#bySelection.set(selection, known);
    return known;
  }

  #sidesOf(to: Pods) {
    this.#byPods ??= this.#index();
    return this.#byPods.get(to) ?? [];
  }

  #index() {
    const found = new Map<Pods, { readonly id: number; readonly rules: RulesByPort<Callers> }[]>();
    for (const [selection, side] of this.#bySelection) {
      for (const pods of selection) {
        if (!this.#places.has(pods)) continue;
        const sides = found.get(pods);
        if (sides === undefined) found.set(pods, [side]);
        else sides.push(side);
      }
    }
    return found;
  }
}
