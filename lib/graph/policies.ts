import type { Field } from '../manifest/field';
import type { Manifest } from '../manifest/manifest';
import type { Cluster } from './cluster';
import { deployerOf } from './makers/open';
import { operatorOf } from './makers/operators';
import { knownOf, type Entry } from './objects';
import { podIndex, type Pods } from './pods';
import { Selections } from './selections';
import { EVERYTHING, selectorAt, selectsAll } from './selectors';

export type Direction = 'ingress' | 'egress';

/** A rule of a NetworkPolicy; without peers it is for everybody, without ports for all of them. */
export interface PolicyRule {
  readonly at: Field;
  readonly peers: readonly Field[];
  readonly ports: readonly Field[];
}

/** A NetworkPolicy with the pods that it is for. */
export interface Policy {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly pods: readonly Pods[];
  /** Whether it is for all pods of its namespace. */
  readonly isForAll: boolean;
  /** The rules of each direction that it limits; a direction that is not there stays open. */
  readonly rules: Readonly<Partial<Record<Direction, readonly PolicyRule[]>>>;
}

/** The NetworkPolicies of a set and of what is assumed, in their order. */
export function policiesOf(cluster: Cluster): readonly Policy[] {
  return cluster.derived(readPolicies);
}

/** The policies of each pod template, of both directions. */
export function policiesByPods(cluster: Cluster): Selections<Policy> {
  return cluster.derived(indexByPods);
}

/** The policies that limit what comes in to pods. */
export function ingressPolicies(cluster: Cluster): Selections<Policy> {
  return cluster.derived(indexIngress);
}

/** The policies that limit what pods connect to. */
export function egressPolicies(cluster: Cluster): Selections<Policy> {
  return cluster.derived(indexEgress);
}

function readPolicies(cluster: Cluster): readonly Policy[] {
  return knownOf(cluster, 'networking.k8s.io/NetworkPolicy').map((entry) => readPolicy(cluster, entry));
}

/** Source: SetDefaults_NetworkPolicy of networking/v1, for the directions that it limits. */
function readPolicy(cluster: Cluster, { manifest, namespace, root }: Entry): Policy {
  const spec = root.child('spec');
  const selector = selectorAt(spec.child('podSelector')) ?? EVERYTHING;
  const types = spec.child('policyTypes').texts;
  const limits = (direction: Direction): boolean =>
    types.length > 0
      ? types.some((type) => type.toLowerCase() === direction)
      : direction === 'ingress' || spec.list('egress').length > 0;
  return {
    manifest,
    namespace,
    pods: podIndex(cluster).select(selector, [namespace]),
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

function indexByPods(cluster: Cluster): Selections<Policy> {
  return new Selections(policiesOf(cluster));
}

function indexIngress(cluster: Cluster): Selections<Policy> {
  return new Selections(policiesOf(cluster).filter(({ rules }) => rules.ingress !== undefined));
}

function indexEgress(cluster: Cluster): Selections<Policy> {
  return new Selections(policiesOf(cluster).filter(({ rules }) => rules.egress !== undefined));
}

/** What may create another NetworkPolicy for the pods of a namespace, which would allow more. */
export function policyMaker(cluster: Cluster, namespace: string, from: Manifest): Manifest | undefined {
  const target = { group: 'networking.k8s.io', kind: 'NetworkPolicy', namespace, name: '' };
  return deployerOf(cluster, target, from) ?? operatorOf(cluster, target, from);
}

/** Groups of network plugins, whose policies may allow what those of Kubernetes do not. */
const PLUGINS = /(?:^|\.)(?:cilium\.io|projectcalico\.org|policy\.networking\.k8s\.io|antrea\.io)\//;

/** A policy of a network plugin. */
export function pluginPolicy(cluster: Cluster): Manifest | undefined {
  return cluster.derived(findPluginPolicy).policy;
}

function findPluginPolicy({ set, assumed }: Cluster): { readonly policy?: Manifest } {
  for (const policy of [...set, ...assumed])
    if (PLUGINS.test(policy.id.apiVersion) && policy.id.kind.endsWith('Policy')) return { policy };
  return {};
}
