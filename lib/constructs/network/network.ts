import { Chart as Cdk8sChart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';
import { cidrProblem } from '../../kube/ip';
import { portProblem } from '../../kube/ports';
import type { NamedPort } from '../workloads/container/ports';
import { KubeObject } from '../core/object';
import { WHOLE } from '../core/origin';
import { report } from '../core/problems';
import { optional } from '../core/props';
import type { ResourceProps } from '../core/resource';

/** A port that a connection leads to: by number, or by the name that the other side gives it. */
export type ConnectionPort = number | string;

/** Pods that connections lead to or come from: a workload of ours or of cdk8s-plus, anything with these labels. */
export interface Peer extends IConstruct {
  readonly matchLabels: Readonly<Record<string, string>>;
}

/** Addresses outside the cluster. */
export interface AddressBlock {
  /** `10.0.0.0/8`, `0.0.0.0/0` for anywhere. */
  readonly cidr: string;
  /** Blocks inside it that are left out. @default none */
  readonly except?: readonly string[];
}

/** DNS, without which no name is found (Kubernetes: DNS for Services and Pods). */
const DNS_RULE = {
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
};

/**
 * The NetworkPolicy of one workload. It comes into being with the first connection, and from then on says all that the
 * workload may do in that direction.
 */
export class Connections extends Construct {
  readonly #ingress: object[] = [];
  readonly #egress: object[] = [];
  readonly #workload: Peer;
  readonly #metadata: ResourceProps & { readonly name: string };
  #policy: KubeObject | undefined;

  readonly #peersOfItself: boolean;

  /** @param peersOfItself whether its pods talk to each other, as replicas of a database do */
  constructor(workload: Peer, metadata: ResourceProps & { readonly name: string }, peersOfItself: boolean) {
    super(workload, 'connections');
    this.#workload = workload;
    this.#metadata = metadata;
    this.#peersOfItself = peersOfItself;
  }

  /** Lets the workload call `peer`; names stay resolvable. */
  allowTo(peer: Peer | AddressBlock, ports: readonly object[]): void {
    if ('cidr' in peer) this.checkBlock(peer);
    if (this.#egress.length === 0) this.#egress.push(DNS_RULE);
    this.#egress.push({ to: [this.select(peer)], ports });
    this.policy();
  }

  /** Lets `peer` call the workload. */
  allowFrom(peer: Peer, ports: readonly object[]): void {
    this.#ingress.push({ from: [this.select(peer)], ports });
    this.policy();
  }

  /** Lets everyone call the workload at a port, as a route needs it. */
  allowFromAnywhere(ports: readonly object[]): void {
    this.#ingress.push({ ports });
  }

  private policy(): KubeObject {
    this.#policy ??= new KubeObject(this, 'Resource', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: this.#metadata,
      content: () => {
        // What only a route asked for closes nothing by itself.
        const called = this.#ingress.some((rule) => 'from' in rule);
        const calls = this.#egress.length > 0;
        const itself = this.#peersOfItself ? [this.select(this.#workload)] : [];
        const within = (side: 'from' | 'to'): object[] => itself.map((peer) => ({ [side]: [peer] }));
        return {
          spec: {
            podSelector: { matchLabels: this.#workload.matchLabels },
            policyTypes: [...(called ? ['Ingress'] : []), ...(calls ? ['Egress'] : [])],
            ...(called ? { ingress: [...this.#ingress, ...within('from')] } : {}),
            ...(calls ? { egress: [...this.#egress, ...within('to')] } : {}),
          },
        };
      },
    });
    return this.#policy;
  }

  private checkBlock({ cidr, except = [] }: AddressBlock): void {
    for (const block of [cidr, ...except]) {
      const wrong = cidrProblem(block);
      if (wrong === undefined) continue;
      report(this.#workload, { code: 'INVALID_PROP', path: 'connectsTo', message: `"${block}": ${wrong}` });
    }
  }

  /** `peer` as a NetworkPolicyPeer of this workload's namespace. */
  private select(peer: Peer | AddressBlock): object {
    if ('cidr' in peer) return { ipBlock: { cidr: peer.cidr, ...optional('except', peer.except) } };
    const [here, there] = [namespaceOf(this.#workload), namespaceOf(peer)];
    const podSelector = { matchLabels: peer.matchLabels };
    if (there === undefined || here === there) return { podSelector };
    return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': there } }, podSelector };
  }
}

Object.defineProperty(Connections.prototype, WHOLE, { value: true });

function namespaceOf(peer: Peer): string | undefined {
  const { namespace } = peer as { readonly namespace?: string };
  return namespace ?? Cdk8sChart.of(peer).namespace;
}

/** `ports` of a NetworkPolicy rule: those of `wanted`, or all that the other side has. */
export function renderConnectionPorts(
  from: IConstruct,
  ports: readonly NamedPort[],
  wanted: ConnectionPort | readonly ConnectionPort[] | undefined,
): readonly object[] {
  const chosen = wanted === undefined ? ports.map(({ name }) => name) : [wanted].flat();
  if (chosen.length === 0) {
    const hint = 'Name the port: `connectsTo(other, { port: 5432 })`.';
    report(from, { code: 'MISSING_PROP', path: 'connectsTo', message: 'the other side has no ports', hint });
  }
  return chosen.map((wish) => {
    const port = ports.find(({ name, port: number }) => name === wish || number === wish);
    if (port !== undefined) return { protocol: port.protocol ?? 'TCP', port: port.port };
    const wrong = typeof wish === 'number' ? portProblem(wish) : `there is no port "${wish}"`;
    if (wrong !== undefined) report(from, { code: 'INVALID_PORT', path: 'connectsTo', message: wrong });
    return { protocol: 'TCP', port: wish };
  });
}
