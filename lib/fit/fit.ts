import { nearest, SeaworthyError, type Problem } from '../errors';
import { Cluster } from '../graph/cluster';
import { clustersOf } from '../graph/clusters';
import { ManifestSet, checkedSet } from '../manifest/set';
import { readOptions } from '../manifest/foreign';
import { identityKey, type KubeObject } from '../manifest/manifest';
import { headroomOf } from './headroom';
import { resultOf, type Fit, type Placement } from './result';
import { doubtsOf, otherOrders } from './ties';
import type { NodeSpec } from './node-spec';
import type { FitOptions } from './options';
import { readNodes } from './read-nodes';
import { simulate } from './simulate';
import type { NodeFacts } from './state/node';

/**
 * Whether the pods of a set find a node: where each would likely run, and why others stay pending, in the words of
 * kube-scheduler with its default configuration. DaemonSets come first, then workloads in the order of the set; pods
 * with a higher priority take the place of others, as they do in a cluster.
 *
 * @param set objects of one cluster: workloads, and what their pods depend on, such as claims and priority classes
 * @param nodes the nodes of that cluster
 * @throws SeaworthyError NOT_AN_OBJECT for what is no set or node; INVALID_NODE for a node that offers nothing;
 * INVALID_QUANTITY; DUPLICATE_NAME for two nodes with one name; AMBIGUOUS for a set of several clusters; NOT_FOUND for a lost node or zone
 * that is none; TOO_MANY_PODS;
 * UNKNOWN_KUBERNETES
 */
export function fit(set: ManifestSet, nodes: readonly NodeSpec[], options: FitOptions = {}): Fit {
  const {
    kubernetes,
    pods = [],
    at = 'current',
    order = 'set',
    without = [],
    headroom = false,
  } = readOptions(options, ['kubernetes', 'pods', 'at', 'order', 'without', 'headroom']);
  const cluster = onlyCluster(checkedSet(set, 'set'), kubernetes);
  const facts = left(readNodes(nodes), without);
  const running = ManifestSet.of(pods).manifests.map(({ object }) => object);
  const isPod = ({ kind }: KubeObject): boolean => kind === 'Pod';
  const start = { cluster, nodes: facts, pods: running.filter(isPod), at, order };
  const first = simulate({ ...start, ranks: Int32Array.from(facts, (_, index) => index) });
  const found = resultOf(first);
  const result = headroom ? { ...found, headroom: headroomOf(first) } : found;
  const others = [...otherOrders(facts.length, result.placements.length)].map((ranks) =>
    resultOf(simulate({ ...start, ranks })),
  );
  return withDoubts(result, others);
}

const ZONE = 'topology.kubernetes.io/zone';

/**
 * The nodes that are left without some nodes and zones.
 *
 * @throws SeaworthyError NOT_FOUND
 */
function left(nodes: readonly NodeFacts[], without: readonly string[]): NodeFacts[] {
  const names = ({ name, labels }: NodeFacts): string[] => [name, labels[ZONE] ?? name];
  const known = new Set(nodes.flatMap(names));
  const problems = without
    .filter((name) => !known.has(name))
    .map((name): Problem => {
      const near = nearest(name, known);
      const hint = near === undefined ? 'Name a node, or a zone of the nodes.' : `Did you mean ${near}?`;
      return { code: 'NOT_FOUND', place: 'without', message: `no node or zone is called "${name}"`, hint };
    });
  const [first, ...others] = problems;
  if (first !== undefined) throw new SeaworthyError(first, ...others);
  return nodes.filter((node) => !names(node).some((name) => without.includes(name)));
}

function withDoubts(fit: Fit, others: readonly Fit[]): Fit {
  const doubts = doubtsOf(fit, others);
  const doubted = new Set(doubts.map(({ workload }) => identityKey(workload)));
  const placements = fit.placements.map((placement): Placement => {
    return doubted.has(identityKey(placement.workload)) ? { ...placement, certain: false } : placement;
  });
  const pending = placements.filter(({ node }) => node === undefined);
  return { ...fit, placements, pending, certain: doubts.length === 0, doubts, orders: others.length + 1 };
}

function onlyCluster(set: ManifestSet, kubernetes: string | undefined): Cluster {
  const options = kubernetes === undefined ? {} : { kubernetes };
  const clusters = clustersOf(set, options);
  const [first] = clusters;
  if (first === undefined) return new Cluster(set, {}, options);
  if (clusters.length > 1) {
    const names = clusters.map(({ environment = 'none' }) => environment).join(', ');
    throw new SeaworthyError({
      code: 'AMBIGUOUS',
      message: `the set holds objects of ${clusters.length} clusters: ${names}`,
      hint: "Nodes are those of one cluster: choose it by set.in('name').",
    });
  }
  return first;
}
