import { SeaworthyError } from '../errors';
import { Cluster } from '../graph/cluster';
import { clustersOf } from '../graph/clusters';
import { nodePoolsOf } from '../profiles/node-pools';
import type { ManifestSet } from '../manifest/set';
import { checkedSet } from '../manifest/set';
import { readOptions } from '../manifest/foreign';
import { fitCluster } from './fit-cluster';
import type { Fit } from './result';
import type { NodeSpec } from './node-spec';
import type { FitOptions } from './options';
import { EXPANDERS } from './pools/expander';
import { readNodes } from './read-nodes';

/**
 * Whether the pods of a set find a node: where each would likely run, and why others stay pending, in the words of
 * kube-scheduler with its default configuration. DaemonSets come first, then workloads in the order of the set; pods
 * with a higher priority take the place of others, as they do in a cluster.
 *
 * @param set objects of one cluster: workloads, and what their pods depend on, such as claims and priority classes
 * @param nodes the nodes of that cluster
 * @throws SeaworthyError NOT_AN_OBJECT for what is no set or node; INVALID_NODE for a node that offers nothing;
 * INVALID_QUANTITY; DUPLICATE_NAME for two nodes with one name; AMBIGUOUS for a set of several clusters; NOT_FOUND for a lost
 * node or zone, or a node to drain, that is none; TOO_MANY_PODS; UNKNOWN_KUBERNETES; INVALID_PROP for a node pool whose
 * numbers are none, and an unknown expander
 */
export function fit(set: ManifestSet, nodes: readonly NodeSpec[], options: FitOptions = {}): Fit {
  const {
    kubernetes,
    pods = [],
    at = 'current',
    order = 'set',
    without = [],
    drain = [],
    headroom = false,
    during,
    before,
    expander = 'least-waste',
    changes = false,
    pools,
  } = readOptions(options, OPTIONS);
  refuseUnknownExpander(expander);
  refuseBesideRollout({ during, before, drain, headroom });
  const cluster = onlyCluster(checkedSet(set, 'set'), kubernetes);
  return fitCluster(cluster, {
    nodes: readNodes(nodes),
    pods,
    at,
    order,
    without,
    drain,
    headroom,
    expander,
    changes,
    ...(during === 'rollout' && { rolls: before === undefined ? cluster : clusterBefore(before, cluster) }),
    pools: nodePoolsOf(pools === undefined ? cluster.profile : { ...cluster.profile, nodePools: pools }),
  });
}

function refuseUnknownExpander(expander: string): void {
  if (EXPANDERS.some((each) => each === expander)) return;
  throw new SeaworthyError({
    code: 'INVALID_PROP',
    path: 'options.expander',
    message: `Unsupported value: "${expander}": supported values: ${EXPANDERS.map((each) => `"${each}"`).join(', ')}`,
  });
}

const OPTIONS = [
  'kubernetes',
  'pods',
  'at',
  'order',
  'without',
  'drain',
  'headroom',
  'during',
  'before',
  'pools',
  'expander',
  'changes',
] as const;

function clusterBefore(before: ManifestSet, { profile, kubernetes, assumed, environment }: Cluster): Cluster {
  return new Cluster(checkedSet(before, 'options.before'), profile, {
    kubernetes,
    environment,
    assume: assumed,
  });
}

function refuseBesideRollout({
  during,
  before,
  drain,
  headroom,
}: { readonly [Name in 'during' | 'before' | 'drain' | 'headroom']: FitOptions[Name] | undefined }): void {
  const refuse = (path: string, message: string): never => {
    throw new SeaworthyError({ code: 'INVALID_PROP', path: `options.${path}`, message });
  };
  if (during !== undefined && during !== 'rollout')
    refuse('during', `Unsupported value: "${String(during)}": supported values: "rollout"`);
  if (during === undefined) {
    if (before !== undefined) refuse('before', "is for during: 'rollout' alone");
    return;
  }
  if (drain !== undefined && drain.length > 0) refuse('drain', 'cannot be used with during');
  if (headroom === true) refuse('headroom', 'cannot be used with during');
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
