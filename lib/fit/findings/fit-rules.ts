import { FIT_FACTS, type FitRuleName } from '../../check/fit-facts';
import type { Report, Rule } from '../../check/rule';
import type { Cluster } from '../../graph/cluster';
import { knownOf } from '../../graph/objects';
import { readOptions } from '../../manifest/foreign';
import { ManifestSet } from '../../manifest/set';
import type { NodeSpec } from '../node-spec';
import { nodeSpecs } from '../node-specs';
import { nodePoolsOf } from '../../profiles/node-pools';
import { fullNodes } from '../pools/full-nodes';
import { poolNodes, sizeOf } from '../pools/pool-nodes';
import { ofEnvironment } from '../pools/of-environment';
import { readNodes } from '../read-nodes';
import { drainBlocked } from './drain-blocked';
import { Judgement, type PoolsAtSize } from './judgement';
import { noHeadroom } from './no-headroom';
import { pending } from './pending';
import { poolGrowth } from './pool-growth';
import { quota } from './quota';
import { zoneLoss } from './zone-loss';

/** What the rules of `fitRules` place pods on. */
export interface FitRuleOptions {
  /**
   * The nodes of every cluster that is checked.
   *
   * @default the node pools of its profile, those that grow with their `max`, else the Nodes that are known
   */
  readonly nodes?: readonly NodeSpec[];
  /** Pods that are in the cluster already, as `kubectl get pods -A -o json` prints them. @default none */
  readonly pods?: readonly unknown[];
}

const RUN: Readonly<Record<FitRuleName, (judgement: Judgement, report: Report) => void>> = {
  'fit/drain-blocked': drainBlocked,
  'fit/no-headroom': noHeadroom,
  'fit/pending': (judgement, report) => {
    pending(judgement, report);
    poolGrowth(judgement, report);
  },
  'fit/quota': quota,
  'fit/zone-loss': zoneLoss,
};

/**
 * Rules about room on nodes, for `rules` of `check`: whether each pod finds a node, a rollout and an autoscaler find room,
 * each node can be drained, and a zone can be lost.
 *
 * @throws SeaworthyError as `fit` does for nodes that cannot be read; the rules, while they run, INVALID_NODE where no
 * nodes are known
 */
export function fitRules(options: FitRuleOptions = {}): Rule[] {
  const { nodes, pods = [] } = readOptions(options, ['nodes', 'pods']);
  const given = nodes === undefined ? undefined : readNodes(nodes);
  const known = new WeakMap<Cluster, Judgement>();
  const judgementOf = (cluster: Cluster): Judgement => {
    const judgement =
      known.get(cluster) ??
      new Judgement(
        cluster,
        given ?? readNodes(nodesOf(cluster)),
        pods,
        given === undefined ? poolsAtSize(cluster) : undefined,
      );
    known.set(cluster, judgement);
    return judgement;
  };
  return Object.values(FIT_FACTS).map((facts) => ({
    ...facts,
    run: (cluster, report) => RUN[facts.name as FitRuleName](judgementOf(cluster), report),
  }));
}

function nodesOf(cluster: Cluster): NodeSpec[] {
  const { profile, environment } = cluster;
  const nodes = knownOf(cluster, '/Node').map(({ manifest }) => manifest);
  if ((profile.nodePools ?? []).length === 0 && nodes.length > 0) return nodeSpecs(ManifestSet.from(nodes));
  return ofEnvironment(environment, () => fullNodes(profile));
}

/** The pools of a profile that says how large they are, and that some may grow. */
function poolsAtSize({ profile }: Cluster): PoolsAtSize | undefined {
  const pools = nodePoolsOf(profile);
  const isKnown = pools.every((pool) => sizeOf(pool) !== undefined);
  if (!isKnown || !pools.some((pool) => (pool.max ?? 0) > (sizeOf(pool) ?? 0))) return undefined;
  return { nodes: readNodes(poolNodes(profile)), pools };
}
