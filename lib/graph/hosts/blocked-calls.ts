import type { Field } from '../../manifest/field';
import type { Manifest } from '../../manifest/manifest';
import type { Cluster } from '../cluster';
import { podsByOwner, type Pods } from '../pods';
import {
  egressPolicies,
  ingressPolicies,
  pluginPolicy,
  policiesOf,
  policyMaker,
  type Direction,
  type Policy,
} from '../policies';
import { policyPorts, portOf, type Port } from '../policy-ports';
import { Reach } from '../reach';
import type { SelectingReference } from '../reference';
import { referencesIn, worldOf } from '../references';
import { selectionDoubt } from '../selection-doubt';
import { selectorAt } from '../selectors';
import { serviceOf } from '../services';
import { hostUses } from './all-uses';
import type { HostUse } from './host-uses';

/** A port of pods that a call leads to. */
export interface CallEnd {
  readonly to: Pods;
  readonly port: Port;
}

/** A call of pods to a Service that NetworkPolicies forbid. */
export interface BlockedCall extends Pick<HostUse, 'client' | 'text' | 'mention' | 'target'> {
  /** All pods and ports that it does not reach. */
  readonly ends: readonly CallEnd[];
  /** Whether it reaches other pods of the Service. */
  readonly isPartial: boolean;
  readonly port: Port;
  /** The first pods that it does not reach, and the first policy that forbids it, with its direction. */
  readonly to: Pods;
  readonly policy: Manifest;
  readonly way: Direction;
  /** Why it may be allowed all the same, as what follows "but". */
  readonly doubt?: string;
}

/**
 * The calls to Services of the set, by their names in the DNS, that no policy allows to some or all of the pods: the first
 * of each client to each Service. Nothing is said where a port of each of them is open, and of what is not in the set.
 */
export function blockedCalls(cluster: Cluster): readonly BlockedCall[] {
  return cluster.derived(findBlocked);
}

function findBlocked(cluster: Cluster): readonly BlockedCall[] {
  if (policiesOf(cluster).length === 0) return [];
  const judge = new Judge(cluster);
  const seen = new Map<Pods, Set<string>>();
  return hostUses(cluster).flatMap((use): BlockedCall[] => {
    const { client, target } = use;
    const names = seen.get(client) ?? new Set<string>();
    seen.set(client, names);
    const ports = use.ports.map(({ port, protocol }) => `${port}/${protocol}`).join();
    const key = `${target.namespace}/${target.name} ${ports}`;
    if (names.has(key)) return [];
    names.add(key);
    return judge.blocked(use);
  });
}

/** Whether a call that texts show is reported at its text: with the pods and port that it does not reach. */
export function isBlockedCall(cluster: Cluster, client: Pods, { to, port }: CallEnd): boolean {
  return cluster.derived(blockedKeys).get(client)?.get(to)?.has(`${port.number}/${port.protocol}`) ?? false;
}

function blockedKeys(cluster: Cluster): ReadonlyMap<Pods, ReadonlyMap<Pods, ReadonlySet<string>>> {
  const all = new Map<Pods, Map<Pods, Set<string>>>();
  for (const { client, ends } of blockedCalls(cluster)) {
    const byServer = all.get(client) ?? new Map<Pods, Set<string>>();
    all.set(client, byServer);
    for (const { to, port } of ends) {
      const ports = byServer.get(to) ?? new Set<string>();
      byServer.set(to, ports.add(`${port.number}/${port.protocol}`));
    }
  }
  return all;
}

/** Who refuses a call: the first policy of a side, and all of that side. */
interface Refusal {
  readonly policy: Policy;
  readonly way: Direction;
  readonly lists: readonly (readonly Policy[])[];
}

class Judge {
  readonly #cluster: Cluster;
  readonly #reach: Reach;
  readonly #order: ReadonlyMap<Policy, number>;
  readonly #places: ReadonlyMap<Pods, number>;
  readonly #callers = new Map<Pods, Map<string, ReturnType<Reach['callersOf']>>>();

  constructor(cluster: Cluster) {
    const all = [...podsByOwner(cluster).values()];
    this.#cluster = cluster;
    // A block of addresses may mean any of the pods.
    this.#reach = new Reach(cluster, all, all);
    this.#order = new Map(policiesOf(cluster).map((policy, place) => [policy, place]));
    this.#places = new Map(all.map((pods, place) => [pods, place]));
  }

  /** The call, where none of its ports reaches some of the pods. */
  blocked({ client, text, mention, target, manifest, ports }: HostUse): BlockedCall[] {
    const pods = manifest === undefined ? [] : (serviceOf(this.#cluster, manifest)?.pods ?? []);
    const closed: CallEnd[] = [];
    let isPartial = false;
    for (const to of pods) {
      if (to === client) return [];
      const ends = this.#closedEnds(client, to, ports);
      isPartial ||= ends.length === 0;
      closed.push(...ends);
    }
    const [first] = closed;
    if (first === undefined) return [];
    const { to, port } = first;
    const refusal = this.#refusal(client, to, port);
    if (refusal === undefined || this.#isMistyped(refusal)) return [];
    const { policy, way } = refusal;
    const doubt = this.#doubt(client, to, refusal);
    return [
      {
        client,
        text,
        mention,
        target,
        ends: closed,
        isPartial,
        port,
        to,
        policy: policy.manifest,
        way,
        ...(doubt !== undefined && { doubt }),
      },
    ];
  }

  /** The ports of pods, where a call reaches none of them; a port that is not known may be open. */
  #closedEnds(client: Pods, to: Pods, ports: HostUse['ports']): CallEnd[] {
    const ends: CallEnd[] = [];
    for (const { target, protocol } of ports) {
      const port = portOf(to, target, protocol);
      if (port === undefined || this.#reaches(client, to, port)) return [];
      ends.push({ to, port });
    }
    return ends;
  }

  #reaches(client: Pods, to: Pods, port: Port): boolean {
    // Policies do not apply to pods on the network of their node.
    if (isOnNode(to)) return true;
    if (isOnNode(client))
      return this.#reach.entering(to, port) === undefined || this.#letsIn(client, to, port);
    const ports = this.#callers.get(to) ?? new Map<string, ReturnType<Reach['callersOf']>>();
    this.#callers.set(to, ports);
    const key = `${port.number}/${port.protocol}`;
    const callers = ports.get(key) ?? this.#reach.callersOf(to, port);
    ports.set(key, callers);
    return callers.has(this.#places.get(client) ?? -1);
  }

  #letsIn(client: Pods, to: Pods, port: Port): boolean {
    return this.#reach.letsIn(client, to, port);
  }

  /** The first policy of the side that refuses: that of the server, unless it lets the client in. */
  #refusal(client: Pods, to: Pods, port: Port): Refusal | undefined {
    const way = this.#letsIn(client, to, port) ? 'egress' : 'ingress';
    const lists =
      way === 'ingress' ? ingressPolicies(this.#cluster).of(to) : egressPolicies(this.#cluster).of(client);
    const place = (policy: Policy): number => this.#order.get(policy) ?? 0;
    const [policy] = lists.flatMap(([first]) => first ?? []).sort((a, b) => place(a) - place(b));
    return policy && { policy, way, lists };
  }

  /** Whether a policy has a selector or the name of a port that is wrong in itself: other rules say so. */
  #isMistyped({ lists }: Refusal): boolean {
    const mistyped = this.#cluster.derived(mistypedPolicies);
    return lists.some((list) => list.some(({ manifest }) => mistyped.has(manifest)));
  }

  #doubt(client: Pods, to: Pods, { policy, way, lists }: Refusal): string | undefined {
    if (isOnNode(client)) return 'network plugins differ in what they let in from the network of a node';
    const [subject, peer] = way === 'ingress' ? [to, client] : [client, to];
    const namespace = peer.namespace;
    const isUnknown =
      worldOf(this.#cluster).labelsOf(namespace) === undefined &&
      lists.flat().some(({ rules }) => (rules[way] ?? []).some(({ peers }) => peers.some(asksForLabels)));
    if (isUnknown) return `the labels of namespace "${namespace}" are unknown`;
    const other = pluginPolicy(this.#cluster);
    if (other !== undefined) return `${other.id.kind} "${other.id.name}" may allow it`;
    const maker = policyMaker(this.#cluster, subject.namespace, policy.manifest);
    return maker && `${maker.id.kind} "${maker.id.name}" may create a policy that allows it`;
  }
}

/** Policies that select nothing where there is something to select, or name a port that no pod has. */
function mistypedPolicies(cluster: Cluster): ReadonlySet<Manifest> {
  const selecting = referencesIn(cluster).references.filter(
    (each): each is SelectingReference =>
      each.type === 'selects' &&
      each.role.startsWith('policy') &&
      each.found.length === 0 &&
      selectionDoubt(cluster, each, 'pods') === undefined,
  );
  const named = policyPorts(cluster).filter(({ at }) => typeof at.value === 'string');
  return new Set([...selecting.map(({ from }) => from), ...named.map(({ policy }) => policy.manifest)]);
}

function isOnNode({ spec }: Pods): boolean {
  return spec.child('hostNetwork').isTrue;
}

/** Whether a peer asks for labels of its namespace other than the name. */
function asksForLabels(peer: Field): boolean {
  const there = selectorAt(peer.child('namespaceSelector'));
  if (there === undefined) return false;
  const { matchLabels = {}, matchExpressions = [] } = there;
  return [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)].some((key) => key !== NAME);
}

const NAME = 'kubernetes.io/metadata.name';
