import type { PodShape, SpreadConstraint } from '../pods/shape';
import type { ClusterState } from '../state/cluster-state';
import type { FitNode } from '../state/node';
import { spreadCounts } from '../state/spread-counts';
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
  const isIgnored = (node: FitNode): boolean =>
    needsAllKeys && keys.some((key) => node.label(key) === undefined);
  const scored = nodes.filter((node) => !isIgnored(node));
  const parts = constraints.map((each) => part(shape, state, each, needsAllKeys ? keys : [], scored));
  const raw = nodes.map((node) =>
    isIgnored(node) ? undefined : Math.round(parts.reduce((sum, score) => sum + score(node), 0)),
  );
  let [least, most] = [Infinity, 0];
  for (const each of raw) {
    if (each === undefined) continue;
    least = Math.min(least, each);
    most = Math.max(most, each);
  }
  addEach(totals, 2, (place) => {
    const own = raw[place];
    if (own === undefined) return 0;
    return most === 0 ? 100 : Math.trunc((100 * (most + least - own)) / most);
  });
};

/** What one constraint adds for a node; nothing for a node without its key. */
function part(
  shape: PodShape,
  state: ClusterState,
  constraint: SpreadConstraint,
  keys: readonly string[],
  scored: readonly FitNode[],
): (node: FitNode) => number {
  const { topologyKey, maxSkew, matcher } = constraint;
  const topology = state.topology(topologyKey);
  if (topologyKey === HOSTNAME) {
    const counter = state.counter(matcher);
    const weight = Math.log(scored.length + 2);
    return (node) => (topology.domain(node) < 0 ? 0 : counter.on(node) * weight + maxSkew - 1);
  }
  const counts = spreadCounts(state, shape, constraint, keys);
  const domains = new Set<number>();
  for (const node of scored) domains.add(topology.domain(node));
  const weight = Math.log(domains.size + 2);
  return (node) => (topology.domain(node) < 0 ? 0 : counts.at(node) * weight + maxSkew - 1);
}
