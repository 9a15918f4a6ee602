import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';
import { cidrProblem } from '../../kube/ip';
import type { Patches } from '../../kube/patches';
import { portProblem } from '../../kube/ports';
import { jsonText } from '../../manifest/json-text';
import { KubeObject } from '../core/object';
import { PART, WHOLE } from '../core/origin';
import type { UnplacedProblem } from '../core/problems';
import { report } from '../core/problems';
import { isShaped } from '../core/shaped';
import type { Shape } from '../core/shape';
import { anyOf, list, number, record, text } from '../core/shapes';
import type { NamedPort } from '../workloads/container/ports';
import type { Trait, TraitPlace } from '../workloads/trait';
import { findPart } from '../workloads/trait';
import { CiliumNames } from './cilium';
import type { AddressBlock, ConnectionEnd } from './ends';
import { CONNECTION_END, peersOfEnd } from './ends';
import type { Peer } from './peer';
import { namespaceOf } from './peer';
import type { ConnectionRule, Referenced } from './referenced';
import { referencedRules } from './referenced';

/** A port that a connection leads to: by number, or by its name on the other side. */
export type ConnectionPort = number | string;

/** What a connection leads to. */
export interface ConnectionOptions {
  /** Ports by number or name. @default all ports of the other side */
  readonly port?: ConnectionPort | readonly ConnectionPort[];
}

/**
 * Whom the pods of a workload may call, and who may call them.
 *
 * | object | when | why |
 * |---|---|---|
 * | NetworkPolicy | it connects to another, or another to it | only the declared connections are allowed, and those of texts that name hosts |
 * | CiliumNetworkPolicy | it connects to `internet({ fqdn })`, with `cni: 'cilium'` in the profile | no other policy knows names |
 */
export interface Connections {
  /**
   * Allows its pods to call those of `peer`, by a NetworkPolicy on both sides. From its first connection on, a workload
   * may call nothing else but DNS, and nothing else but its route may call it: except for those that name a host in a
   * variable, an argument or a file. Whoever holds `db.host`, `db.address` or the name of its Service in a text, in any
   * chart of the environment, is a client of `db`, and is allowed as well. Synth fails where a policy cannot allow such a
   * client, as one on the network of its node, and says whom it would cut off.
   *
   * DNS is allowed to any address, that of node-local-dns too.
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
  /** The CiliumNetworkPolicy of its pods; `undefined` where it connects to no name outside the cluster. */
  readonly ciliumPolicy: KubeObject | undefined;
}

/** The NetworkPolicy of each workload that connects to another, or that another connects to. */
export const connections: Trait<object, Connections, WorkloadConnections> = {
  shapes: {},
  members: { connectsTo: true, allowFrom: true, allowTo: true, policy: true, ciliumPolicy: true },
  attach: (place) => new WorkloadConnections(place),
};

const PEER: Shape<Peer> = {
  expected: 'a workload',
  takes: (value) => typeof value === 'object' && value !== null && 'matchLabels' in value && 'node' in value,
};

function isPeer(end: Peer | ConnectionEnd): end is Peer {
  return PEER.takes(end);
}

const END = anyOf<Peer | ConnectionEnd>([PEER, CONNECTION_END]);

const connectionPort = anyOf<ConnectionPort>([number, text]);

const OPTIONS = record<ConnectionOptions>(
  { port: anyOf<ConnectionPort | readonly ConnectionPort[]>([connectionPort, list(connectionPort)]) },
  { example: '{ port: 5432 }' },
);

/** DNS, without which no name is resolved (Kubernetes: DNS for Services and Pods). */
const DNS_RULE = {
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
};

/** Who calls a workload and whom it calls, by texts that name hosts. */
interface References {
  readonly from: readonly Referenced[];
  readonly to: readonly Referenced[];
}

const NONE: References = { from: [], to: [] };

/** The connections of one workload. The policy is made with the first one, and then lists all that is allowed. */
export class WorkloadConnections {
  readonly #ingress: ConnectionRule[] = [];
  readonly #egress: ConnectionRule[] = [];
  readonly #place: TraitPlace;
  #scope: PolicyScope | undefined;
  #policy: KubeObject<Patches['NetworkPolicy']> | undefined;
  #referenced: References = NONE;
  readonly #names: CiliumNames;

  constructor(place: TraitPlace) {
    this.#place = place;
    this.#names = new CiliumNames(place);
  }

  get policy(): KubeObject<Patches['NetworkPolicy']> | undefined {
    return this.#policy;
  }

  get ciliumPolicy(): KubeObject | undefined {
    return this.#names.policy;
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

  /** Lets everyone call the workload at these ports, as a route needs it; that alone makes no policy. */
  allowFromAnywhere(ports: readonly NamedPort[]): void {
    const names = ports.map(({ name }) => name);
    this.#ingress.push({ ports: renderConnectionPorts(this.#place.workload, ports, names) });
    this.#scope ??= new OwnPolicyScope(this.#place.workload, 'connections');
  }

  /**
   * Takes who calls the workload and whom it calls, as texts of the app say it, in place of those of the time before.
   *
   * @returns whether the policy allows more by that than it did, and who cannot be allowed
   * @internal
   */
  refer(referenced: References): {
    readonly allowsMore: boolean;
    readonly problems: readonly UnplacedProblem[];
  } {
    const before = jsonText(this.#referencedRules());
    this.#referenced = referenced;
    const now = this.#referencedRules();
    return {
      allowsMore: jsonText(now) !== before,
      problems: [...now.ingress.problems, ...now.egress.problems],
    };
  }

  #referencedRules() {
    const here = namespaceOf(this.#place.workload);
    const { from, to } = this.#referenced;
    const called = this.#ingress.some((rule) => 'from' in rule);
    return {
      ingress: referencedRules('from', here, this.#ingress, called ? from : []),
      egress: referencedRules('to', here, this.#egress, this.#egress.length > 0 ? to : []),
    };
  }

  #allowTo(peer: Peer | ConnectionEnd, ports: NonNullable<ConnectionRule['ports']>): void {
    if (this.#egress.length === 0) this.#egress.push(DNS_RULE);
    if ('internet' in peer && peer.fqdn !== undefined) this.#names.allow(peer.fqdn, ports);
    else this.#add(this.#egress, 'to', peer, ports);
    this.#makePolicy();
  }

  #allowFrom(peer: Peer | ConnectionEnd, ports: NonNullable<ConnectionRule['ports']>): void {
    if ('internet' in peer && peer.fqdn !== undefined) {
      const message = 'Forbidden: the names of callers are not known; allow their addresses';
      report(this.#place.workload, { code: 'INVALID_PROP', path: 'fqdn', message });
    }
    this.#add(this.#ingress, 'from', peer, ports);
    this.#makePolicy();
  }

  #add(
    rules: ConnectionRule[],
    side: 'from' | 'to',
    peer: Peer | ConnectionEnd,
    ports: NonNullable<ConnectionRule['ports']>,
  ): void {
    if (!isPeer(peer) && 'cidr' in peer) this.#checkBlock(peer);
    const peers = isPeer(peer) ? [this.#select(peer)] : peersOfEnd(this.#place.workload, peer);
    rules.push({ [side]: peers, ports });
  }

  #makePolicy(): void {
    this.#scope ??= new PolicyScope(this.#place.workload, 'connections');
    this.#policy ??= new KubeObject<Patches['NetworkPolicy']>(this.#scope, 'Resource', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: this.#place.metadata(),
      content: () => ({ spec: this.#renderPolicy() }),
    });
  }

  #renderPolicy(): object {
    const { workload, podsCallEachOther } = this.#place;
    // Rules that only a route or a Service asked for restrict nothing.
    const called = this.#ingress.some((rule) => 'from' in rule);
    const calls = this.#egress.length > 0;
    const within = (side: 'from' | 'to'): object[] =>
      podsCallEachOther ? [{ [side]: [this.#select(workload)] }] : [];
    const { ingress, egress } = this.#referencedRules();
    return {
      podSelector: { matchLabels: workload.matchLabels },
      policyTypes: [...(called ? ['Ingress'] : []), ...(calls ? ['Egress'] : [])],
      ...(called ? { ingress: [...this.#ingress, ...ingress.rules, ...within('from')] } : {}),
      ...(calls ? { egress: [...this.#egress, ...egress.rules, ...within('to')] } : {}),
    };
  }

  #checkBlock({ cidr, except = [] }: AddressBlock): void {
    for (const block of [cidr, ...except]) {
      const wrong = cidrProblem(block);
      if (wrong === undefined) continue;
      const message = `Invalid value: "${block}": ${wrong}`;
      report(this.#place.workload, { code: 'INVALID_PROP', path: 'connectsTo', message });
    }
  }

  /** `peer` as a NetworkPolicyPeer of this workload's namespace. */
  #select(peer: Peer): object {
    const [here, there] = [namespaceOf(this.#place.workload), namespaceOf(peer)];
    const podSelector = { matchLabels: peer.matchLabels };
    if (there === undefined || here === there) return { podSelector };
    return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': there } }, podSelector };
  }
}

/** The scope of the policy. It is made when it is first needed, which sets its place among the objects of the workload. */
class PolicyScope extends Construct {}

Object.defineProperty(PolicyScope.prototype, WHOLE, { value: true });

/** The scope of a policy that a route or a Service of the workload asked for: its origin is the workload's. */
class OwnPolicyScope extends PolicyScope {}

Object.defineProperty(OwnPolicyScope.prototype, PART, { value: true });

/** `ports` of a NetworkPolicy rule: those of `wanted`, or all that the other side has. */
function renderConnectionPorts(
  from: IConstruct,
  ports: readonly NamedPort[],
  wanted: ConnectionPort | readonly ConnectionPort[] | undefined,
): NonNullable<ConnectionRule['ports']> {
  const chosen = wanted === undefined ? ports.map(({ name }) => name) : [wanted].flat();
  if (chosen.length === 0) {
    const hint = 'Set the port: `connectsTo(other, { port: 5432 })`.';
    report(from, {
      code: 'MISSING_PROP',
      path: 'connectsTo',
      message: 'Required value: the other side has no ports',
      hint,
    });
  }
  return chosen.map((wish) => {
    const port = ports.find(({ name, port: number }) => name === wish || number === wish);
    if (port !== undefined) return { protocol: port.protocol ?? 'TCP', port: port.port };
    const wrong = typeof wish === 'number' ? portProblem(wish) : `unknown port "${wish}"`;
    if (wrong !== undefined) report(from, { code: 'INVALID_PORT', path: 'connectsTo', message: wrong });
    return { protocol: 'TCP', port: wish };
  });
}
