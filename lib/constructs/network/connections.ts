import { cidrProblem } from '../../kube/ip';
import type { CustomPatches } from '../../kube/custom/patches';
import type { Patches } from '../../kube/patches';
import type { KubeObject } from '../core/object';
import { report } from '../core/problems';
import { isShaped } from '../core/shaped';
import type { NamedPort } from '../workloads/container/ports';
import type { Trait, TraitPlace } from '../workloads/trait';
import { findPart } from '../workloads/trait';
import { whenCallingApiServer } from './api-server';
import { CiliumPolicy } from './cilium';
import type { ConnectionOptions, RulePorts } from './connection-options';
import { END, isPeer, OPTIONS, renderConnectionPorts } from './connection-options';
import type { AddressBlock, ConnectionEnd } from './ends';
import { peersOfEnd } from './ends';
import { declareCall, joinNamespace } from './isolation';
import type { MeshPatch } from './mesh/policies';
import { selectPods, WorkloadPolicy, type References } from './network-policy';
import type { Peer } from './peer';

/**
 * Whom the pods of a workload may call, and who may call them.
 *
 * | object | when | why |
 * |---|---|---|
 * | NetworkPolicy | it connects to another, or another to it | only the declared connections are allowed, and those of texts that name hosts |
 * | CiliumNetworkPolicy | it connects to `internet({ fqdn })`, or its pods have a token and may not call everything, with `cni: 'cilium'` in the profile | no other policy knows names, or the API server |
 * | AuthorizationPolicy | others connect to it, with `mesh` in the profile; under Linkerd one for each TCP port | the mesh allows the same by the accounts of callers |
 * | MeshTLSAuthentication | with the AuthorizationPolicy of Linkerd | lists the accounts |
 * | Server | with the AuthorizationPolicy of Linkerd, or `mtls` | is the port that callers are allowed to call |
 * | PeerAuthentication | with `mtls` in an Istio mesh | calls without mutual TLS are refused, or taken |
 */
export interface Connections {
  /**
   * Allows its pods to call those of `peer`, by a NetworkPolicy on both sides. From its first connection on, a workload
   * may call nothing else but DNS, and nothing else but its route may call it: except for those that name a host in a
   * variable, an argument or a file. Whoever holds `db.host`, `db.address` or the name of its Service in a text, in any
   * chart of the environment, is a client of `db`, and is allowed as well. Synth fails where a policy cannot allow such a
   * client, as one on the network of its node, and says whom it would cut off.
   *
   * DNS is allowed to any address, that of node-local-dns too. Pods with a token may call the API server, at the addresses
   * of `apiServer` in the profile, or else at the ports 443 and 6443 of any address.
   *
   * @param peer a workload of ours or of cdk8s-plus, `cidr('10.0.0.0/8')`, `internet()`, `namespace('ops')`, `ingress()`
   * or `monitoring()`
   */
  connectsTo(peer: Peer | ConnectionEnd, options?: ConnectionOptions): this;
  /**
   * Lets others call its pods: `api.allowFrom(ingress(), monitoring(), namespace('ops'))`. As with `connectsTo`, nothing
   * else may call them from then on but its route, and who names its host.
   *
   * @param others workloads, or other ends of a connection; options last: `api.allowFrom(monitoring(), { port: 'metrics' })`
   */
  allowFrom(...others: (Peer | ConnectionEnd | ConnectionOptions)[]): this;
  /**
   * Allows its pods to call others, by a policy on its own side alone: `api.allowTo(internet(), { port: 443 })`.
   *
   * @param others workloads, or other ends of a connection; options last
   */
  allowTo(...others: (Peer | ConnectionEnd | ConnectionOptions)[]): this;
  /** The NetworkPolicy of its pods; `undefined` before the first connection. */
  readonly policy: KubeObject<Patches['NetworkPolicy']> | undefined;
  /** The CiliumNetworkPolicy of its pods; `undefined` where it needs none. */
  readonly ciliumPolicy: KubeObject<CustomPatches['CiliumNetworkPolicy']> | undefined;
  /**
   * Its policies in the service mesh that `mesh` of the profile names: AuthorizationPolicy and PeerAuthentication of Istio;
   * a Server, an AuthorizationPolicy and a MeshTLSAuthentication of Linkerd for each port.
   */
  readonly meshPolicies: readonly KubeObject<MeshPatch>[];
}

/** The NetworkPolicy of each workload that connects to another, or that another connects to. */
export const connections: Trait<object, Connections, WorkloadConnections> = {
  shapes: {},
  members: {
    connectsTo: true,
    allowFrom: true,
    allowTo: true,
    policy: true,
    ciliumPolicy: true,
    meshPolicies: true,
  },
  attach: (place) => new WorkloadConnections(place),
};

/** The connections of one workload. */
export class WorkloadConnections {
  readonly #place: TraitPlace;
  readonly #policy: WorkloadPolicy;
  readonly #cilium: CiliumPolicy;

  constructor(place: TraitPlace) {
    this.#place = place;
    this.#policy = new WorkloadPolicy(place);
    this.#cilium = new CiliumPolicy(place);
    joinNamespace(place.workload, () => {
      this.#policy.isolate();
      this.#letToApiServer();
    });
  }

  get policy(): KubeObject<Patches['NetworkPolicy']> | undefined {
    return this.#policy.object;
  }

  get ciliumPolicy(): KubeObject<CustomPatches['CiliumNetworkPolicy']> | undefined {
    return this.#cilium.policy;
  }

  get meshPolicies(): readonly KubeObject<MeshPatch>[] {
    return this.#policy.meshPolicies;
  }

  connectsTo(peer: Peer | ConnectionEnd, options: ConnectionOptions = {}): void {
    const { workload } = this.#place;
    const isFine = [
      isShaped(workload, 'connectsTo', peer, END),
      isShaped(workload, 'connectsTo', options, OPTIONS),
    ];
    if (isFine.includes(false)) return;
    const { port } = options;
    const other = findPart(peer, connections);
    const ports = renderConnectionPorts(workload, other === undefined ? [] : other.#place.ports, port);
    this.#allowTo(peer, ports);
    if (other !== undefined) other.#allowFrom(workload, ports);
    else if (isPeer(peer)) declareCall({ from: workload, to: peer, ports });
  }

  allowFrom(...others: (Peer | ConnectionEnd | ConnectionOptions)[]): void {
    const { workload, ports: own } = this.#place;
    this.#each('allowFrom', others, (other, port) =>
      this.#allowFrom(other, renderConnectionPorts(workload, own, port)),
    );
  }

  allowTo(...others: (Peer | ConnectionEnd | ConnectionOptions)[]): void {
    const { workload } = this.#place;
    this.#each('allowTo', others, (other, port) => {
      const part = findPart(other, connections);
      const ports = part === undefined ? [] : part.#place.ports;
      this.#allowTo(other, renderConnectionPorts(workload, ports, port));
    });
  }

  /** Takes the ends of a call, with the options that may follow them. */
  #each(
    method: string,
    given: readonly (Peer | ConnectionEnd | ConnectionOptions)[],
    take: (end: Peer | ConnectionEnd, port: ConnectionOptions['port']) => void,
  ): void {
    const { workload } = this.#place;
    const last = given.at(-1);
    const hasOptions = last !== undefined && OPTIONS.takes(last) && 'port' in last;
    const options = hasOptions && isShaped(workload, method, last, OPTIONS) ? last : {};
    const ends = (hasOptions ? given.slice(0, -1) : given) as readonly (Peer | ConnectionEnd)[];
    for (const end of ends) if (isShaped(workload, method, end, END)) take(end, options.port);
  }

  /** Lets everyone call the workload at these ports, as a route or a load balancer needs it; that alone makes no policy. */
  allowFromAnywhere(ports: readonly NamedPort[], by: 'route' | 'service'): void {
    const names = ports.map(({ name }) => name);
    this.#policy.allowFromAnywhere(renderConnectionPorts(this.#place.workload, ports, names), by);
  }

  /** Lets the Prometheus of the profile read metrics at these ports; that alone makes no policy. */
  allowScrape(ports: readonly NamedPort[]): void {
    this.#policy.allowScrape(ports.map(({ port, protocol = 'TCP' }) => ({ protocol, port })));
  }

  /** Takes who calls the workload and whom it calls, as texts of the app say it. @internal */
  refer(referenced: References): ReturnType<WorkloadPolicy['refer']> {
    return this.#policy.refer(referenced);
  }

  #allowTo(peer: Peer | ConnectionEnd, ports: RulePorts): void {
    if ('internet' in peer && peer.fqdn !== undefined) {
      this.#cilium.allow(peer.fqdn, ports);
      this.#policy.allowTo(undefined, ports);
    } else this.#policy.allowTo(this.#select(peer), ports);
    this.#letToApiServer();
  }

  /** From its first egress rule on, the pods need one for the API server. */
  #letToApiServer(): void {
    whenCallingApiServer(this.#place.workload, () => this.#cilium.allowApiServer());
  }

  #allowFrom(peer: Peer | ConnectionEnd, ports: RulePorts): void {
    if ('internet' in peer && peer.fqdn !== undefined) {
      const message = 'Forbidden: the names of callers are not known; allow their addresses';
      report(this.#place.workload, { code: 'INVALID_PROP', path: 'fqdn', message });
    }
    this.#policy.allowFrom(this.#select(peer), ports, isPeer(peer) ? peer : undefined);
  }

  #select(end: Peer | ConnectionEnd): readonly object[] {
    const { workload } = this.#place;
    if (isPeer(end)) return [selectPods(workload, end)];
    if ('cidr' in end) this.#checkBlock(end);
    return peersOfEnd(workload, end);
  }

  #checkBlock({ cidr, except = [] }: AddressBlock): void {
    for (const block of [cidr, ...except]) {
      const wrong = cidrProblem(block);
      if (wrong === undefined) continue;
      const message = `Invalid value: "${block}": ${wrong}`;
      report(this.#place.workload, { code: 'INVALID_PROP', path: 'connectsTo', message });
    }
  }
}
