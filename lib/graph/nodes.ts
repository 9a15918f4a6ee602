import type { NodePool } from '../profiles/cluster-profile';
import type { Field } from '../manifest/field';
import { knownOf } from './objects';
import type { Pods } from './pods';
import type { Cluster } from './cluster';
import { nodePoolsOf } from '../profiles/node-pools';

const ZONE = 'topology.kubernetes.io/zone';
const HOSTNAME = 'kubernetes.io/hostname';

/** Some nodes that are alike. */
interface Nodes {
  readonly labels: Readonly<Record<string, string>>;
  /** Nothing where it is not known. */
  readonly zones: readonly string[] | undefined;
  readonly size: number | undefined;
}

/**
 * How many zones or nodes there are for a pod, among those with the labels that it asks for; nothing where neither
 * Node objects nor the profile of the cluster say.
 */
export function domainsFor(cluster: Cluster, { spec }: Pods, topologyKey: string): number | undefined {
  const wanted = spec.child('nodeSelector');
  const key = JSON.stringify([topologyKey, wanted.record]);
  const known = cluster.derived(alreadyCounted);
  if (!known.has(key)) known.set(key, countDomains(cluster, wanted.entries, topologyKey));
  return known.get(key);
}

/** Pods that ask for the same nodes have the same domains. */
function alreadyCounted(): Map<string, number | undefined> {
  return new Map();
}

function countDomains(cluster: Cluster, wanted: readonly Field[], topologyKey: string): number | undefined {
  const nodes = cluster
    .derived(nodesOf)
    .filter(({ labels }) =>
      wanted.every(({ name, text }) => !Object.hasOwn(labels, name) || labels[name] === text),
    );
  if (nodes.length === 0) return undefined;
  if (topologyKey === ZONE) return countZones(nodes);
  return topologyKey === HOSTNAME ? countNodes(nodes) : undefined;
}

function nodesOf(cluster: Cluster): readonly Nodes[] {
  const nodes = knownOf(cluster, '/Node').map(({ root }): Nodes => {
    const labels = root.child('metadata').child('labels').labels;
    const zone = labels[ZONE];
    return { labels, zones: zone === undefined ? undefined : [zone], size: 1 };
  });
  return nodes.length > 0 ? nodes : nodePoolsOf(cluster.profile).map(poolOf);
}

/** A pool counts with all nodes that an autoscaler gives it. */
function poolOf({ labels = {}, zones, size, max }: NodePool): Nodes {
  return { labels, zones, size: max ?? size };
}

function countZones(nodes: readonly Nodes[]): number | undefined {
  if (nodes.some(({ zones }) => zones === undefined)) return undefined;
  return new Set(nodes.flatMap(({ zones = [] }) => zones)).size;
}

function countNodes(nodes: readonly Nodes[]): number | undefined {
  if (nodes.some(({ size }) => size === undefined)) return undefined;
  return nodes.reduce((sum, { size = 0 }) => sum + size, 0);
}

/** `3 zones`, as a message says it. */
export function describeDomains(topologyKey: string, count: number): string {
  const word = topologyKey === ZONE ? 'zone' : 'node';
  return count === 1 ? `1 ${word}` : `${count} ${word}s`;
}
