import { contains, parseCidr, parseIp } from '../kube/ip';
import type { LabelSelector } from '../kube/labels';
import { matches } from '../kube/labels';
import type { Manifest } from '../manifest/manifest';
import type { ManifestSet } from '../manifest/set';
import type { Field } from './admission/field';
import { knownOf } from './objects';
import type { PodTemplate } from './pods';
import { knownPodTemplates, labelsOf } from './pods';
import { Subject } from './subject';
import type { SubjectOptions } from './subject';

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

/** Where a connection comes from or leads to, where that is no pod: one address outside of the cluster. */
export interface Outside {
  readonly ip: string;
}

/** The connections that the policies of a set allow between its pods, on the ports that their containers declare. */
export function connections(set: ManifestSet, options?: SubjectOptions): Connection[] {
  const network = new Network(set, options);
  return network.pods.flatMap((to) =>
    portsOf(to).flatMap((port) =>
      network.pods
        .filter((from) => from !== to && network.allows(from, to, port))
        .map((from) => ({ from: from.manifest, to: to.manifest, ...port })),
    ),
  );
}

/** The ports that containers of a pod declare, each once. */
export function portsOf({ containers }: PodTemplate): PodPort[] {
  const found = new Map<string, PodPort>();
  for (const { field } of containers) {
    for (const each of field.child('ports').items) {
      const [port, protocol] = [each.child('containerPort').number, protocolOf(each)];
      if (port > 0) found.set(`${port}/${protocol}`, { port, protocol });
    }
  }
  return [...found.values()];
}

/** A policy with the pods that it isolates, and in which direction. */
interface Policy {
  readonly namespace: string;
  readonly selector: LabelSelector;
  readonly ingress: readonly Field[] | undefined;
  readonly egress: readonly Field[] | undefined;
}

/**
 * Which connections the NetworkPolicies of a set let through. A pod that no policy selects for a direction is open in
 * it; one that is selected lets through what any rule allows. Source: the NetworkPolicy API, networking.k8s.io/v1.
 */
export class Network {
  readonly pods: readonly PodTemplate[];
  readonly #policies: readonly Policy[];
  readonly #namespaces: ReadonlyMap<string, Readonly<Record<string, string>>>;
  readonly #selecting = new Map<PodTemplate, readonly Policy[]>();

  constructor(set: ManifestSet, options?: SubjectOptions) {
    const subject = new Subject(set, {}, options);
    this.pods = knownPodTemplates(subject);
    this.#policies = knownOf(subject, 'networking.k8s.io/NetworkPolicy').map(policyOf);
    const namespaces = knownOf(subject, '/Namespace');
    this.#namespaces = new Map(
      namespaces.map(({ manifest, root }) => [manifest.id.name, labelsOf(root.child('metadata'))]),
    );
  }

  /** Whether a connection passes both the egress rules of where it begins and the ingress rules of where it leads. */
  allows(from: PodTemplate | Outside, to: PodTemplate | Outside, port: PodPort): boolean {
    return this.#lets(from, to, port, 'egress') && this.#lets(to, from, port, 'ingress');
  }

  #lets(
    pod: PodTemplate | Outside,
    peer: PodTemplate | Outside,
    port: PodPort,
    way: 'ingress' | 'egress',
  ): boolean {
    if (isOutside(pod)) return true;
    const isolating = this.#policiesOf(pod).filter((policy) => policy[way] !== undefined);
    if (isolating.length === 0) return true;
    const server = way === 'ingress' ? pod : peer;
    return isolating.some((policy) =>
      policy[way]?.some((rule) => {
        const peers = rule.child(way === 'ingress' ? 'from' : 'to').items;
        return (
          (peers.length === 0 || peers.some((each) => this.#isPeer(each, peer, policy.namespace))) &&
          isPort(rule.child('ports').items, server, port)
        );
      }),
    );
  }

  /** The policies that select a pod, which is asked once for each pod and not for each connection. */
  #policiesOf(pod: PodTemplate): readonly Policy[] {
    const known = this.#selecting.get(pod);
    if (known !== undefined) return known;
    const found = this.#policies.filter((policy) => isSelected(pod, policy));
    this.#selecting.set(pod, found);
    return found;
  }

  #isPeer(rule: Field, peer: PodTemplate | Outside, own: string): boolean {
    const block = rule.child('ipBlock');
    if (isOutside(peer)) return block.isSet && isInBlock(peer.ip, block);
    // Blocks are for addresses outside of the cluster: whether those of pods count is up to the network plugin.
    if (block.isSet) return false;
    const [pods, namespaces] = [rule.child('podSelector'), rule.child('namespaceSelector')];
    if (!namespaces.isSet && peer.namespace !== own) return false;
    if (namespaces.isSet && !matches(selectorOf(namespaces), this.#labelsOf(peer.namespace))) return false;
    return !pods.isSet || matches(selectorOf(pods), peer.labels);
  }

  /** The server labels each namespace with its name. */
  #labelsOf(namespace: string): Readonly<Record<string, string>> {
    return { ...this.#namespaces.get(namespace), 'kubernetes.io/metadata.name': namespace };
  }
}

function policyOf({ root, namespace }: { readonly root: Field; readonly namespace: string }): Policy {
  const spec = root.child('spec');
  const [ingress, egress] = [spec.child('ingress').items, spec.child('egress').items];
  const types = spec.child('policyTypes').isSet
    ? spec.child('policyTypes').texts
    : ['Ingress', ...(egress.length > 0 ? ['Egress'] : [])];
  return {
    namespace,
    selector: selectorOf(spec.child('podSelector')),
    ingress: types.includes('Ingress') ? ingress : undefined,
    egress: types.includes('Egress') ? egress : undefined,
  };
}

function isSelected({ namespace, labels }: PodTemplate, policy: Policy): boolean {
  return namespace === policy.namespace && matches(policy.selector, labels);
}

/** A port by its number, a range, or the name that the container of the server gives it. */
function isPort(
  rules: readonly Field[],
  server: PodTemplate | Outside,
  { port, protocol }: PodPort,
): boolean {
  if (rules.length === 0) return true;
  return rules.some((rule) => {
    if (protocolOf(rule) !== protocol) return false;
    const [wanted, end] = [rule.child('port'), rule.child('endPort')];
    if (!wanted.isSet) return true;
    if (wanted.text === '')
      return end.isSet ? port >= wanted.number && port <= end.number : port === wanted.number;
    return !isOutside(server) && hasNamedPort(server, wanted.text, { port, protocol });
  });
}

function hasNamedPort({ containers }: PodTemplate, name: string, { port, protocol }: PodPort): boolean {
  return containers.some(({ field }) =>
    field
      .child('ports')
      .items.some(
        (each) =>
          each.child('name').text === name &&
          each.child('containerPort').number === port &&
          protocolOf(each) === protocol,
      ),
  );
}

function protocolOf(field: Field): string {
  return field.child('protocol').text || 'TCP';
}

function selectorOf(field: Field): LabelSelector {
  return field.value ?? {};
}

function isOutside(end: PodTemplate | Outside): end is Outside {
  return 'ip' in end;
}

function isInBlock(ip: string, block: Field): boolean {
  return (
    isInRange(ip, block.child('cidr').text) &&
    !block.child('except').texts.some((range) => isInRange(ip, range))
  );
}

function isInRange(ip: string, range: string): boolean {
  const [address, block] = [parseIp(ip), parseCidr(range)];
  return address !== undefined && block !== undefined && contains(block, address);
}
