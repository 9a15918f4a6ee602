import type { PodShape, SpreadConstraint } from '../pods/shape';
import type { ClusterState } from '../state/cluster-state';
import type { FitNode } from '../state/node';
import { spreadCounts } from '../state/spread-counts';
import type { Topology } from '../state/topology';
import { addEach, type Score } from './score';

const HOSTNAME = 'kubernetes.io/hostname';

/**
 * Domains with fewer pods, by the constraints with ScheduleAnyway. A domain among many counts more.
 *
 * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/podtopologyspread/scoring.go Score, NormalizeScore 1.36
 */
export const spreadScore: Score = (shape, state, nodes, totals) => {
  const { constraints, needsAllKeys } = shape.softSpread;
  if (constraints.length === 0) return;
  const keys = constraints.map(({ topologyKey }) => topologyKey);
  const topologies = keys.map((key) => state.topology(key));
  const lacksKey = needsAllKeys && topologies.some(({ isPartial }) => isPartial);
  const isIgnored = (node: FitNode): boolean => lacksKey && topologies.some((each) => each.domain(node) < 0);
  const scored = lacksKey ? nodes.filter((node) => !isIgnored(node)) : nodes;
  const sums = new Float64Array(nodes.length);
  for (const each of constraints)
    addPart(each, { shape, state, nodes, scored, keys: needsAllKeys ? keys : [] }, sums);
  let [least, most] = [Infinity, 0];
  for (let place = 0; place < nodes.length; place++) {
    const node = nodes[place];
    if (node === undefined || isIgnored(node)) continue;
    const own = Math.round(sums[place] ?? 0);
    sums[place] = own;
    if (own < least) least = own;
    if (own > most) most = own;
  }
  addEach(totals, 2, (place) => {
    const node = nodes[place];
    if (node === undefined || isIgnored(node)) return 0;
    return most === 0 ? 100 : Math.trunc((100 * (most + least - (sums[place] ?? 0))) / most);
  });
};

interface Scored {
  readonly shape: PodShape;
  readonly state: ClusterState;
  readonly nodes: readonly FitNode[];
  /** The nodes that have the keys that are needed. */
  readonly scored: readonly FitNode[];
  readonly keys: readonly string[];
}

/** Adds what one constraint comes to for each node; nothing for a node without its key. */
function addPart(constraint: SpreadConstraint, about: Scored, sums: Float64Array): void {
  const { shape, state, nodes, scored, keys } = about;
  const { topologyKey, maxSkew, matcher } = constraint;
  const topology = state.topology(topologyKey);
  const { domainOf } = topology;
  if (topologyKey !== HOSTNAME) {
    const { byDomain } = spreadCounts(state, shape, constraint, keys);
    const weight = Math.log(domainsOf(scored, topology) + 2);
    addCounts(nodes, sums, ({ index }) => {
      const domain = domainOf[index] ?? -1;
      return domain < 0 ? 0 : (byDomain[domain] ?? 0) * weight + maxSkew - 1;
    });
    return;
  }
  const counter = state.counter(matcher);
  const weight = Math.log(scored.length + 2);
  const { scratch } = state;
  counter.fill(scratch);
  addCounts(nodes, sums, ({ index }) =>
    (domainOf[index] ?? -1) < 0 ? 0 : (scratch[index] ?? 0) * weight + maxSkew - 1,
  );
  counter.clear(scratch);
}

function addCounts(nodes: readonly FitNode[], sums: Float64Array, of: (node: FitNode) => number): void {
  for (let place = 0; place < nodes.length; place++) {
    const node = nodes[place];
    if (node !== undefined) sums[place] = (sums[place] ?? 0) + of(node);
  }
}

/** In how many domains some nodes are; those without the key are in one of their own. */
function domainsOf(nodes: readonly FitNode[], topology: Topology): number {
  const most = topology.values.length + 1;
  const seen = new Uint8Array(most);
  let count = 0;
  for (const { index } of nodes) {
    const place = (topology.domainOf[index] ?? -1) + 1;
    if (seen[place] !== 0) continue;
    seen[place] = 1;
    if (++count === most) break;
  }
  return count;
}
