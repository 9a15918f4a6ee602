import { matches } from '../kube/labels';
import type { Manifest } from '../manifest/manifest';
import type { Cluster } from './cluster';
import { namespaceOf } from './namespace';
import { Field } from '../manifest/field';
import type { Pods } from './pods';
import { portsOf } from './ports';
import { referencesIn, worldOf } from './references';
import { EVERYTHING, selectorAt, selectsAll } from './selectors';
import { selects } from './label-index';
import type { World } from './world';

export type Direction = 'ingress' | 'egress';

/** A rule of a NetworkPolicy; without peers it is for everybody, without ports for all of them. */
export interface PolicyRule {
  readonly at: Field;
  readonly peers: readonly Field[];
  readonly ports: readonly Field[];
}

/** A NetworkPolicy with the pods that it is for. */
export interface Policy {
  readonly of: Manifest;
  readonly namespace: string;
  readonly pods: readonly Pods[];
  /** Whether it is for whatever pods there are. */
  readonly isForAll: boolean;
  /** The rules of each direction that it limits; a direction that is not there stays open. */
  readonly rules: Readonly<Partial<Record<Direction, readonly PolicyRule[]>>>;
}

/** The NetworkPolicies of a set and of what is assumed, in their order. */
export function policiesOf(cluster: Cluster): readonly Policy[] {
  return cluster.derived(readPolicies);
}

/** The policies that are for each of the pods, whichever direction they limit. */
export function policiesByPods(cluster: Cluster): ReadonlyMap<Pods, readonly Policy[]> {
  return cluster.derived(indexByPods);
}

/** The policies that limit what comes in to the pods of a workload. */
export function ingressPolicies(cluster: Cluster): ReadonlyMap<Manifest, readonly Policy[]> {
  return cluster.derived(indexIngress);
}

function readPolicies(cluster: Cluster): readonly Policy[] {
  const world = worldOf(cluster);
  return [...cluster.set, ...cluster.assumed]
    .filter(({ id }) => id.kind === 'NetworkPolicy' && id.apiVersion === 'networking.k8s.io/v1')
    .map((manifest) => readPolicy(world, manifest));
}

function readPolicy(world: World, manifest: Manifest): Policy {
  const spec = Field.root(manifest.object).at('spec');
  const namespace = namespaceOf(manifest);
  const selector = selectorAt(spec.at('podSelector')) ?? EVERYTHING;
  const types = spec.list('policyTypes').map(({ text }) => text);
  // Source: SetDefaults_NetworkPolicy of networking/v1.
  const limits = (direction: Direction): boolean =>
    types.length > 0
      ? types.some((type) => type.toLowerCase() === direction)
      : direction === 'ingress' || spec.list('egress').length > 0;
  return {
    of: manifest,
    namespace,
    pods: world.pods.select(selector, [namespace]),
    isForAll: selectsAll(selector),
    rules: {
      ...(limits('ingress') && { ingress: rulesAt(spec, 'ingress', 'from') }),
      ...(limits('egress') && { egress: rulesAt(spec, 'egress', 'to') }),
    },
  };
}

function rulesAt(spec: Field, direction: Direction, peers: string): PolicyRule[] {
  return spec.list(direction).map((at) => ({ at, peers: at.list(peers), ports: at.list('ports') }));
}

function indexByPods(cluster: Cluster): ReadonlyMap<Pods, readonly Policy[]> {
  return indexed(policiesOf(cluster), (pods) => pods);
}

function indexIngress(cluster: Cluster): ReadonlyMap<Manifest, readonly Policy[]> {
  const limiting = policiesOf(cluster).filter(({ rules }) => rules.ingress !== undefined);
  return indexed(limiting, ({ manifest }) => manifest);
}

function indexed<K>(
  policies: readonly Policy[],
  keyOf: (pods: Pods) => K,
): ReadonlyMap<K, readonly Policy[]> {
  const index = new Map<K, Policy[]>();
  for (const policy of policies) {
    for (const pods of policy.pods) {
      const known = index.get(keyOf(pods));
      if (known === undefined) index.set(keyOf(pods), [policy]);
      else known.push(policy);
    }
  }
  return index;
}

/** A port of a pod, as a policy sees it. */
export interface Port {
  readonly number: number;
  readonly protocol: string;
}

/** The port that a number or name means for these pods; `undefined` where they have none of that name. */
export function portOf(pods: Pods | undefined, value: unknown, protocol: string): Port | undefined {
  if (typeof value === 'number') return { number: value, protocol };
  if (pods === undefined) return undefined;
  const found = portsOf(pods).find((port) => port.name === value && port.protocol === protocol);
  return found && { number: found.number, protocol };
}

/** Whether a rule is about a port of `pods`; of an address outside of the cluster, where there are none. */
export function isAboutPort({ ports }: PolicyRule, pods: Pods | undefined, port: Port): boolean {
  if (ports.length === 0) return true;
  return ports.some((at) => {
    const protocol = at.at('protocol').text || 'TCP';
    if (protocol !== port.protocol) return false;
    if (!at.at('port').isSet) return true;
    const first = portOf(pods, at.at('port').value, protocol)?.number;
    const last = Number(at.at('endPort').value ?? first);
    return first !== undefined && first <= port.number && port.number <= last;
  });
}

/** Whether a peer of a policy in `namespace` means the pods `other`. Addresses may be those of any pod. */
export function isPeer(world: World, namespace: string, peer: Field, other: Pods): boolean {
  if (peer.at('ipBlock').isSet) return true;
  const there = selectorAt(peer.at('namespaceSelector'));
  if (there === undefined && other.namespace !== namespace) return false;
  if (there !== undefined) {
    const labels = { ...world.labelsOf(other.namespace), 'kubernetes.io/metadata.name': other.namespace };
    if (!matches(there, labels)) return false;
  }
  return selects(selectorAt(peer.at('podSelector')) ?? EVERYTHING, other);
}

/** Policies of which another rule says that a selector or port is wrong: what else they do not allow follows from it. */
export function brokenPolicies(cluster: Cluster): ReadonlySet<Manifest> {
  return cluster.derived(findBroken);
}

function findBroken(cluster: Cluster): ReadonlySet<Manifest> {
  const selecting = referencesIn(cluster).references.filter(
    ({ type, role, found }) => type === 'selects' && role.startsWith('policy') && [found].flat().length === 0,
  );
  return new Set([
    ...selecting.map(({ from }) => from),
    ...policyPorts(cluster).map(({ policy }) => policy.of),
  ]);
}

/** A port of a rule that none of the pods has that the rule opens it of. */
export interface ForeignPort {
  readonly policy: Policy;
  readonly at: Field;
  readonly pods: readonly Pods[];
}

/** All ports of policies that no pod has. */
export function policyPorts(cluster: Cluster): readonly ForeignPort[] {
  return cluster.derived(findForeignPorts);
}

function findForeignPorts(cluster: Cluster): readonly ForeignPort[] {
  const world = worldOf(cluster);
  return policiesOf(cluster).flatMap((policy) => [
    ...(policy.rules.ingress ?? []).flatMap((rule) =>
      policy.isForAll ? [] : foreignPorts(policy, rule, policy.pods),
    ),
    ...(policy.rules.egress ?? []).flatMap((rule) =>
      foreignPorts(policy, rule, peersOf(world, policy, rule) ?? []),
    ),
  ]);
}

function foreignPorts(policy: Policy, { ports }: PolicyRule, pods: readonly Pods[]): ForeignPort[] {
  if (pods.length === 0) return [];
  return ports
    .filter((at) => at.at('port').isSet && pods.every((each) => lacksPort(each, at)))
    .map((at) => ({ policy, at: at.at('port'), pods }));
}

function lacksPort(pods: Pods, at: Field): boolean {
  if (pods.containers.length === 0) return false;
  const ports = portsOf(pods);
  const { value } = at.at('port');
  const protocol = at.at('protocol').text || 'TCP';
  if (typeof value === 'string') return portOf(pods, value, protocol) === undefined;
  if (ports.length === 0) return false;
  const about = { at, peers: [], ports: [at] };
  return !ports.some((port) => isAboutPort(about, pods, port));
}

/** The pods that all peers of a rule mean; nothing where one of them may be somebody outside. */
export function peersOf(world: World, { namespace }: Policy, { peers }: PolicyRule): Pods[] | undefined {
  if (peers.length === 0) return undefined;
  const found: Pods[] = [];
  for (const peer of peers) {
    const selector = selectorAt(peer.at('podSelector'));
    if (selector === undefined || selectsAll(selector)) return undefined;
    const there = selectorAt(peer.at('namespaceSelector'));
    const namespaces = there === undefined ? [namespace] : world.namespacesWith(there);
    const selected = world.pods.select(selector, namespaces);
    if (selected.length === 0) return undefined;
    found.push(...selected);
  }
  return found;
}
