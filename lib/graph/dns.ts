import { contains, isIpv6, parseCidr, type Cidr } from '../kube/ip';
import type { LabelSelector } from '../kube/labels';
import { matches } from '../kube/labels';
import { Field } from '../manifest/field';
import type { Cluster } from './cluster';
import { egressPolicies, policiesOf, type Policy, type PolicyRule } from './policies';
import { podsOfPeer } from './policy-peers';
import { podsByOwner, type Pods } from './pods';
import { worldOf } from './references';
import { EVERYTHING, selectorAt, selectsAll } from './selectors';
import type { World } from './world';

/**
 * The DNS servers of a cluster, by namespace: a label that all of them have. Policies see the ports of pods, where
 * OpenShift's servers listen on another one than their Service.
 *
 * Source: `cluster/addons/dns` of kubernetes, kubeadm, and the DNS operator of OpenShift.
 */
const SERVERS: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map([
  ['kube-system', { 'k8s-app': 'kube-dns' }],
  ['openshift-dns', { 'dns.operator.openshift.io/daemonset-dns': 'default' }],
]);
const PORTS = [53, 1053, 5353, 8053];

/** Pods that policies let connect to something, though not to a DNS server. */
export interface WithoutDns {
  /** The first policy that has a rule for them. */
  readonly policy: Policy;
  readonly pods: Pods;
  /** Whether they may use TCP, which resolvers do for long answers only. */
  readonly hasTcp: boolean;
}

/**
 * Pods that cannot resolve names, since no policy for them allows it. Those that may connect to nothing at all are meant
 * so. What is not known of the servers, such as their addresses, is taken for allowed.
 */
export function withoutDns(cluster: Cluster): readonly WithoutDns[] {
  return cluster.derived(findWithoutDns);
}

interface Allowed {
  readonly udp: boolean;
  readonly tcp: boolean;
}

function findWithoutDns(cluster: Cluster): readonly WithoutDns[] {
  const egress = egressPolicies(cluster);
  const world = worldOf(cluster);
  const order = new Map(policiesOf(cluster).map((policy, place) => [policy, place]));
  const known = new Map<readonly Policy[], Allowed>();
  const allowedBy = (list: readonly Policy[]): Allowed => {
    const found = known.get(list) ?? {
      udp: list.some((policy) => allowsDns(world, policy, 'UDP')),
      tcp: list.some((policy) => allowsDns(world, policy, 'TCP')),
    };
    known.set(list, found);
    return found;
  };
  return [...podsByOwner(cluster).values()].flatMap((pods) => {
    const lists = egress.of(pods);
    if (lists.length === 0 || !asksCluster(pods)) return [];
    if (lists.some((list) => allowedBy(list).udp)) return [];
    const place = (policy: Policy): number => order.get(policy) ?? 0;
    const [policy] = lists
      .flatMap((list) => list.find(({ rules }) => (rules.egress ?? []).length > 0) ?? [])
      .sort((a, b) => place(a) - place(b));
    if (policy === undefined) return [];
    return [{ policy, pods, hasTcp: lists.some((list) => allowedBy(list).tcp) }];
  });
}

/** Whether pods are limited by policies and resolve names with the servers of the cluster. */
function asksCluster({ spec }: Pods): boolean {
  return !spec.child('hostNetwork').isTrue && !['Default', 'None'].includes(spec.child('dnsPolicy').text);
}

function allowsDns(world: World, policy: Policy, protocol: string): boolean {
  return (policy.rules.egress ?? []).some(
    (rule) =>
      isAboutDns(rule, protocol) &&
      (rule.peers.length === 0 || rule.peers.some((peer) => mayBeServer(world, policy, peer, rule))),
  );
}

/** Whether a rule is about the ports of DNS servers; a name is one of theirs if it says so. */
export function isAboutDns({ ports }: PolicyRule, protocol: string): boolean {
  if (ports.length === 0) return true;
  return ports.some((at) => {
    if ((at.child('protocol').text || 'TCP') !== protocol) return false;
    const port = at.child('port');
    if (!port.isSet) return true;
    if (typeof port.value === 'string') return /dns|domain/.test(port.value);
    const last = at.child('endPort').isSet ? at.child('endPort').number : port.number;
    return PORTS.some((each) => port.number <= each && each <= last);
  });
}

function mayBeServer(world: World, { namespace }: Policy, peer: Field, rule: PolicyRule): boolean {
  const block = peer.child('ipBlock');
  // Who names the port of DNS next to addresses means its servers.
  if (block.isSet) return rule.ports.length > 0 || mayHoldPods(block);
  const there = selectorAt(peer.child('namespaceSelector'));
  const pods = selectorAt(peer.child('podSelector')) ?? EVERYTHING;
  const isThere = (name: string): boolean =>
    there === undefined ? name === namespace : mayMatch(world, there, name);
  if ([...SERVERS.keys()].some(isThere) && mayBeOfServer(pods)) return true;
  return (podsOfPeer(world, namespace, peer) ?? []).some(isServer);
}

/** Whether pods serve DNS, as their ports say. */
function isServer({ containers }: Pods): boolean {
  return containers.some(({ ports }) => ports.some(({ number }) => PORTS.includes(number)));
}

/** The name of a namespace as a label, which the server sets. */
const NAME = 'kubernetes.io/metadata.name';

/** Whether a selector takes a namespace of the cluster's own, whose other labels are seldom known. */
export function mayMatch(world: World, selector: LabelSelector, name: string): boolean {
  const labels = world.labelsOf(name);
  if (labels !== undefined) return matches(selector, labels);
  const { matchLabels = {}, matchExpressions = [] } = selector;
  const isNamed = matches(
    {
      matchLabels: Object.fromEntries(Object.entries(matchLabels).filter(([key]) => key === NAME)),
      matchExpressions: matchExpressions.filter(({ key }) => key === NAME),
    },
    { [NAME]: name },
  );
  const isByOthers =
    Object.keys(matchLabels).some((key) => key !== NAME) ||
    matchExpressions.some(({ key, operator }) => key !== NAME && ['In', 'Exists'].includes(operator));
  // A label that namespaces of the set have is meant for them.
  return isNamed && (!isByOthers || world.namespacesWith(selector).length === 0);
}

/** Whether a selector may take DNS servers: its labels speak of DNS. */
function mayBeOfServer({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean {
  const isOfDns = (key: string, values: readonly string[]): boolean =>
    key.includes('dns') || values.some((value) => value.includes('dns'));
  return (
    Object.entries(matchLabels).every(([key, value]) => isOfDns(key, [value])) &&
    matchExpressions.every(({ key, operator, values = [] }) => operator !== 'In' || isOfDns(key, [...values]))
  );
}

/** Ranges that the pods and Services of clusters are in. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'].flatMap(
  (range) => parseCidr(range) ?? [],
);

/** Whether a block leaves any of the addresses that pods have. */
export function mayHoldPods(block: Field): boolean {
  const range = parseCidr(block.child('cidr').text);
  if (range === undefined) return true;
  const excepted = block.list('except').flatMap(({ text }) => parseCidr(text) ?? []);
  return PRIVATE.some((own) => {
    if (isIpv6(own.ip) !== isIpv6(range.ip)) return false;
    const common = covers(own, range) ? range : covers(range, own) ? own : undefined;
    return common !== undefined && !excepted.some((except) => covers(except, common));
  });
}

function covers(outer: Cidr, inner: Cidr): boolean {
  return outer.prefixLength <= inner.prefixLength && contains(outer, inner.ip);
}

/** A policy that keeps pods of other namespaces from the DNS servers of the cluster. */
export interface ClosedDns {
  readonly policy: Policy;
  /** Whether some are let in. */
  readonly isOpenToSome: boolean;
}

/** The first policy of each namespace with DNS servers that limits who may ask them, if no policy lets everyone. */
export function closedDns(cluster: Cluster): readonly ClosedDns[] {
  return cluster.derived(findClosedDns);
}

function findClosedDns(cluster: Cluster): readonly ClosedDns[] {
  return [...SERVERS].flatMap(([namespace, labels]) => {
    const policies = policiesOf(cluster).filter(
      (policy) =>
        policy.namespace === namespace &&
        policy.rules.ingress !== undefined &&
        matches(podSelectorOf(policy), labels),
    );
    const [policy] = policies;
    const rules = policies
      .flatMap((each) => each.rules.ingress ?? [])
      .filter((rule) => isAboutDns(rule, 'UDP'));
    if (policy === undefined || rules.some(isForAll)) return [];
    return [{ policy, isOpenToSome: rules.length > 0 }];
  });
}

function podSelectorOf({ manifest }: Policy): LabelSelector {
  return selectorAt(Field.root(manifest.object).at('spec', 'podSelector')) ?? EVERYTHING;
}

function isForAll({ peers }: PolicyRule): boolean {
  return peers.length === 0 || peers.some(isEverybody);
}

/** Whether a peer may be any pod of the cluster: of all namespaces, or of all but some. */
function isEverybody(peer: Field): boolean {
  const block = peer.child('ipBlock');
  if (block.isSet) return mayHoldPods(block);
  const pods = selectorAt(peer.child('podSelector'));
  if (pods !== undefined && !selectsAll(pods)) return false;
  const there = selectorAt(peer.child('namespaceSelector'));
  if (there === undefined) return false;
  return (
    Object.keys(there.matchLabels ?? {}).length === 0 &&
    (there.matchExpressions ?? []).every(
      ({ key, operator }) => operator !== 'In' && (operator !== 'Exists' || key === NAME),
    )
  );
}
