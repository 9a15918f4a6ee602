import type { Cluster } from '../graph/cluster';
import { ManifestSet } from '../manifest/set';
import { identityKey, type KubeObject } from '../manifest/manifest';
import { leastChanges } from './change/least-change';
import { drainsOf } from './drain';
import { headroomOf } from './headroom';
import { growingPools } from './pools/growing-pool';
import { growthOf } from './pools/growth';
import { nodesLeft, refuseUnknown } from './lost';
import type { FitOptions } from './options';
import { resultOf, type Fit, type Placement } from './result';
import type { FitRollout } from './rollout/outcome';
import { rolloutOf } from './rollout/rollout';
import { firstOf, simulate, type OpenStart, type Simulated } from './simulate';
import type { FitNode, NodeFacts } from './state/node';
import { doubtsOf, otherOrders } from './ties';

/** What is asked of one cluster. */
export type ClusterQuestion = Required<Omit<FitOptions, 'kubernetes' | 'during' | 'before'>> & {
  readonly nodes: readonly NodeFacts[];
  /** What runs before the rollout that is asked about. */
  readonly rolls?: Cluster;
};

/** What becomes of the pods of one cluster. @throws SeaworthyError as `fit` does */
export function fitCluster(cluster: Cluster, question: ClusterQuestion): Fit {
  const { nodes, without, drain, headroom, pools, expander, changes } = question;
  const start = startOf(cluster, question);
  if (question.rolls !== undefined)
    return fitRollout({ ...start, nodes: nodesLeft(nodes, without) }, question.rolls);
  const before = without.length === 0 ? undefined : firstOf({ ...start, nodes });
  const left = without.length === 0 ? nodes : nodesLeft(nodes, without);
  const on = { ...start, nodes: left, ...(before && { before }) };
  const first = firstOf(on);
  const found = resultOf(first);
  const drained = drain.length === 0 ? undefined : drainsOf(first, nodesToDrain(first, drain));
  const growing = found.pending.length === 0 ? [] : growingPools(pools, left, without);
  const result: Fit = {
    ...found,
    ...(growing.length > 0 && { growth: growthOf(on, first, growing, expander) }),
    ...(changes && found.pending.length > 0 && { changes: leastChanges(on, first) }),
    ...(drained && { drains: drained }),
    ...(headroom && { headroom: headroomOf(first) }),
  };
  const others = [...otherOrders(left.length, result.placements.length)].map((ranks) =>
    resultOf(simulate({ ...on, ranks })),
  );
  return withDoubts(result, others);
}

/** The middle of a rollout, and its end. */
function fitRollout(start: OpenStart, before: Cluster): Fit {
  const inOrder = Int32Array.from(start.nodes, (_, index) => index);
  const first = rolloutOf({ ...start, ranks: inOrder }, before);
  const others = [...otherOrders(start.nodes.length, 2 * first.placements.length)].map((ranks) =>
    rolloutOf({ ...start, ranks }, before),
  );
  const { rollouts = [], ...middle } = withDoubts(first, others);
  const isDoubted = ({ isStuck }: FitRollout, index: number): boolean =>
    others.some((other) => other.rollouts?.[index]?.isStuck !== isStuck);
  const settled = rollouts.map((each, index): FitRollout =>
    isDoubted(each, index) ? { ...each, certain: false } : each,
  );
  return { ...middle, rollouts: settled };
}

/** What simulations of a cluster start from, but for their nodes. */
export function startOf(
  cluster: Cluster,
  { pods, at, order }: Pick<ClusterQuestion, 'pods' | 'at' | 'order'>,
): Omit<OpenStart, 'nodes'> {
  const running = ManifestSet.of(pods).manifests.map(({ object }) => object);
  return { cluster, pods: running.filter(isPod), at, order };
}

/** @throws SeaworthyError NOT_FOUND */
function nodesToDrain({ simulation }: Simulated, drain: ClusterQuestion['drain']): readonly FitNode[] {
  const { nodes } = simulation.state;
  if (drain === 'all') return nodes;
  refuseUnknown(drain, new Set(nodes.map(({ facts }) => facts.name)), { place: 'drain', what: 'node' });
  return nodes.filter(({ facts }) => drain.includes(facts.name));
}

function isPod({ kind }: KubeObject): boolean {
  return kind === 'Pod';
}

function withDoubts(fit: Fit, others: readonly Fit[]): Fit {
  const doubts = doubtsOf(fit, others);
  if (doubts.length === 0) return { ...fit, orders: others.length + 1 };
  const doubted = new Set(doubts.map(({ workload }) => identityKey(workload)));
  const placements = fit.placements.map((placement): Placement => {
    return doubted.has(identityKey(placement.workload)) ? { ...placement, certain: false } : placement;
  });
  const pending = placements.filter(({ node }) => node === undefined);
  return { ...fit, placements, pending, certain: false, doubts, orders: others.length + 1 };
}
