import { contains, parseCidr, parseIp } from '../kube/ip';
import type { Manifest } from '../manifest/manifest';
import type { ManifestSet } from '../manifest/set';
import type { Cluster, ClusterOptions } from './cluster';
import { clustersOf } from './clusters';
import type { Field } from '../manifest/field';
import type { Pods } from './pods';
import type { Direction, Policy } from './policies';
import { egressPolicies, ingressPolicies } from './policies';
import { isPeer } from './policy-peers';
import { isAboutPort } from './policy-ports';
import * as declared from './ports';
import { Reach } from './reach';
import { worldOf } from './references';
import type { Selections } from './selections';
import type { World } from './world';

/** A port of a pod that others may reach. */
export interface PodPort {
  readonly port: number;
  readonly protocol: string;
}

/** Pods that may reach a declared port of others, as the NetworkPolicies have it. */
export interface Connection extends PodPort {
  readonly from: Manifest;
  readonly to: Manifest;
}

/** The other end of a connection if it is not a pod: one address outside the cluster. */
export interface Outside {
  readonly ip: string;
}

/**
 * The connections that the policies of a set allow between its pods, on the ports that their containers declare. Pods
 * of two environments have no connection.
 */
export function connections(set: ManifestSet, options?: ClusterOptions): Connection[] {
  return networksOf(set, options).flatMap((network) => network.connections);
}

/** The network of each cluster that the objects of a set are for. */
export function networksOf(set: ManifestSet, options?: ClusterOptions): Network[] {
  return clustersOf(set, options).map((cluster) => new Network(cluster));
}

/** The ports that containers of pods declare, each once. */
export function portsOf(pods: Pods): PodPort[] {
  const found = new Map<string, PodPort>();
  for (const { number: port, protocol } of declared.portsOf(pods))
    if (port > 0) found.set(`${port}/${protocol}`, { port, protocol });
  return [...found.values()];
}

/**
 * Which connections the NetworkPolicies of a cluster let through. A pod that no policy selects for a direction is open in
 * it; one that is selected lets through what any rule allows. Source: the NetworkPolicy API, networking.k8s.io/v1.
 */
export class Network {
  readonly cluster: Cluster;
  readonly pods: readonly Pods[];
  readonly #world: World;
  /** The policies that limit each direction of pods. */
  readonly #isolating: Readonly<Record<Direction, Selections<Policy>>>;

  constructor(cluster: Cluster) {
    this.cluster = cluster;
    this.#world = worldOf(cluster);
    this.pods = [...this.#world.allPods];
    this.#isolating = { ingress: ingressPolicies(cluster), egress: egressPolicies(cluster) };
  }

  /** The connections between its pods, on the ports that their containers declare. */
  get connections(): Connection[] {
    const reach = new Reach(this.cluster, this.pods);
    return this.pods.flatMap((to) =>
      portsOf(to).flatMap((port) =>
        [...reach.callersOf(to, { ...port, number: port.port })].flatMap((place): Connection[] => {
          const from = this.pods[place];
          return from === undefined || from === to ? [] : [{ from: from.manifest, to: to.manifest, ...port }];
        }),
      ),
    );
  }

  /** Whether a connection passes both the egress rules of where it begins and the ingress rules of where it leads. */
  allows(from: Pods | Outside, to: Pods | Outside, port: PodPort): boolean {
    return this.#lets(from, to, port, 'egress') && this.#lets(to, from, port, 'ingress');
  }

  #lets(pods: Pods | Outside, peer: Pods | Outside, { port, protocol }: PodPort, way: Direction): boolean {
    if (isOutside(pods) || !this.#isolating[way].has(pods)) return true;
    const server = way === 'ingress' ? pods : peer;
    const listening = isOutside(server) ? undefined : server;
    const allows = ({ namespace, rules }: Policy): boolean =>
      (rules[way] ?? []).some(
        (rule) =>
          (rule.peers.length === 0 || rule.peers.some((each) => this.#isPeer(namespace, each, peer))) &&
          isAboutPort(rule, listening, { number: port, protocol }),
      );
    return this.#isolating[way].of(pods).some((policies) => policies.some(allows));
  }

  /** Blocks are for addresses outside of the cluster: whether those of pods count is up to the network plugin. */
  #isPeer(namespace: string, rule: Field, peer: Pods | Outside): boolean {
    const block = rule.at('ipBlock');
    if (isOutside(peer)) return block.isSet && isInBlock(peer.ip, block);
    return !block.isSet && isPeer(this.#world, namespace, rule, peer);
  }
}

function isOutside(end: Pods | Outside): end is Outside {
  return 'ip' in end;
}

function isInBlock(ip: string, block: Field): boolean {
  return (
    isInRange(ip, block.at('cidr').text) && !block.list('except').some(({ text }) => isInRange(ip, text))
  );
}

function isInRange(ip: string, range: string): boolean {
  const [address, block] = [parseIp(ip), parseCidr(range)];
  return address !== undefined && block !== undefined && contains(block, address);
}
