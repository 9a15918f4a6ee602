import type { Labels } from '../kube/labels';
import type { Amounts } from '../kube/pod-resources';
import { compareQuantities } from '../kube/quantity';
import { isExtendedResource } from '../kube/resources';
import { TAINT_EFFECTS, type NodePool, type Taint } from '../profiles/cluster-profile';
import { Field } from '../manifest/field';
import type { Cluster } from './cluster';
import { hasLabels, takesNode } from './node-affinity';
import { knownOf, objectsOf, type Entry } from './objects';
import { amountsOf, requestsOf } from './pod-requests';
import type { Pods } from './pods';
import { every, lastingTaints, some, tolerates, type Verdict } from './taints';
import { nodePoolsOf } from '../profiles/node-pools';

/** A node pool of the profile, or a Node. */
export interface NodeGroup extends NodePool {
  /** Whether it is a Node whose labels are all known. */
  readonly isComplete?: boolean;
}

/** The node pools of the profile, else the Nodes that are known. */
export function nodeGroupsOf(cluster: Cluster): readonly NodeGroup[] {
  return cluster.derived(readGroups);
}

function readGroups(cluster: Cluster): readonly NodeGroup[] {
  const nodePools = nodePoolsOf(cluster.profile);
  return nodePools.length > 0 ? nodePools : knownOf(cluster, '/Node').map(groupOf);
}

/** The kubelet labels each node with its name, and a Node as the server has it has all its labels. */
function groupOf({ manifest, root }: Entry): NodeGroup {
  const { labels } = root.at('metadata', 'labels');
  const taints = root.list('spec', 'taints').map((taint): Taint => {
    const effect = TAINT_EFFECTS.find((each) => each === taint.child('effect').text);
    return {
      key: taint.child('key').text,
      value: taint.child('value').text,
      effect: effect ?? 'PreferNoSchedule',
    };
  });
  const allocatable = root.at('status', 'allocatable');
  return {
    name: manifest.id.name,
    labels,
    taints,
    ...(allocatable.isSet && {
      allocatable: Object.fromEntries(allocatable.entries.map(({ name, value }) => [name, String(value)])),
    }),
    isComplete: Object.hasOwn(labels, 'kubernetes.io/hostname'),
  };
}

/** Why a pod runs on no node of a pool. */
export interface Misfit {
  readonly pool: NodeGroup;
  readonly reason: 'labels' | 'taint' | 'resource';
  /** In the words of kube-scheduler. */
  readonly text: string;
  /** The resources of which there is too little. */
  readonly resources: readonly string[];
  /** Whether it counts on the pool having no more of a resource than the profile lists. */
  readonly isUnlisted?: boolean;
}

/** What a pod asks of its node. */
export interface NodeNeeds {
  readonly spec: Field;
  /** The `nodeSelector` of its RuntimeClass, in addition to its own. */
  readonly runtimeSelector: Field;
  readonly tolerations: readonly Field[];
  /** Whether its RuntimeClass, of which nothing is known, may add tolerations. */
  readonly mayTolerateMore: boolean;
  readonly requests: Amounts;
}

/** What a pod asks of its node, with what its RuntimeClass adds. */
export function nodeNeedsOf(cluster: Cluster, pods: Pods): NodeNeeds {
  const { spec } = pods;
  const name = spec.child('runtimeClassName').text;
  const known = cluster.derived(runtimeClasses).get(name);
  const runtime = known ?? Field.root(undefined);
  return {
    spec,
    runtimeSelector: runtime.at('scheduling', 'nodeSelector'),
    tolerations: [...spec.list('tolerations'), ...runtime.list('scheduling', 'tolerations')],
    mayTolerateMore: name !== '' && known === undefined,
    requests: requestsOf(cluster, pods, runtime.at('overhead', 'podFixed')),
  };
}

function runtimeClasses(cluster: Cluster): ReadonlyMap<string, Field> {
  return new Map(
    knownOf(cluster, 'node.k8s.io/RuntimeClass').map(({ manifest, root }) => [manifest.id.name, root]),
  );
}

/** Why a pod runs on no node of a pool, even an empty one; `undefined` where it may run on one. */
export function misfitOf(needs: NodeNeeds, pool: NodeGroup, listed: ReadonlySet<string>): Misfit | undefined {
  const isTaken = (labels: Labels): Verdict => {
    const node = { labels, mayHave: (key: string) => mayHave(pool, key) };
    return every([takesNode(needs.spec, node), hasLabels(needs.runtimeSelector, node)]);
  };
  if (some(variantsOf(pool).map(isTaken)) === 'no')
    return { pool, reason: 'labels', text: NO_MATCH, resources: [] };
  const taint = lastingTaints(pool.taints ?? []).find((each) => toleratedBy(needs, each) === 'no');
  if (taint !== undefined) {
    const { key, value = '' } = taint;
    return { pool, reason: 'taint', text: `node(s) had untolerated taint {${key}: ${value}}`, resources: [] };
  }
  return shortageOf(needs, pool, listed);
}

const NO_MATCH = "node(s) didn't match Pod's node affinity/selector";

/** The plugin ExtendedResourceToleration tolerates the taint of a resource that a pod requests. */
function toleratedBy(needs: NodeNeeds, taint: Parameters<typeof tolerates>[1]): Verdict {
  const verdict = tolerates(needs.tolerations, taint);
  if (verdict !== 'no') return verdict;
  return needs.mayTolerateMore || needs.requests.has(taint.key) ? 'unknown' : 'no';
}

/** The amounts of each pool, read once for all pods. */
const offers = new WeakMap<NodeGroup, Amounts>();

/** The resources of which an empty node of the pool has too little. */
function shortageOf(
  { requests }: NodeNeeds,
  pool: NodeGroup,
  listed: ReadonlySet<string>,
): Misfit | undefined {
  if (pool.allocatable === undefined) return undefined;
  const has = offers.get(pool) ?? amountsOf(pool.allocatable);
  offers.set(pool, has);
  const short = [...requests].flatMap(([resource, amount]) => {
    const offered = has.get(resource);
    if (amount.nanos <= 0n || (offered !== undefined && compareQuantities(amount, offered) <= 0)) return [];
    // A profile need not list what every node has.
    return offered === undefined && !isExtendedResource(resource) ? [] : [resource];
  });
  if (short.length === 0) return undefined;
  return {
    pool,
    reason: 'resource',
    text: short.map((resource) => `Insufficient ${resource}`).join(', '),
    resources: short,
    isUnlisted: !short.some((resource) => listed.has(resource)),
  };
}

const ZONE = 'topology.kubernetes.io/zone';

/** The labels of the nodes of a pool: of one node in each of its zones. */
function variantsOf({ labels = {}, zones }: NodePool): Labels[] {
  return zones === undefined || Object.hasOwn(labels, ZONE)
    ? [labels]
    : zones.map((zone) => ({ ...labels, [ZONE]: zone, [BETA_ZONE]: zone }));
}

const BETA_ZONE = 'failure-domain.beta.kubernetes.io/zone';

/** Prefixes of labels that the kubelet, clouds and their drivers put on nodes, whether a profile lists them or not. */
const OF_CLOUDS =
  /(^|\.)(kubernetes\.io|k8s\.io|k8s\.aws|amazonaws\.com|google\.com|azure\.com|karpenter\.sh|openshift\.io|nvidia\.com|amd\.com|intel\.com|oraclecloud\.com|digitalocean\.com|cattle\.io|k3s\.io|eksctl\.io)\//;

/** Whether the nodes of a pool may have a label that its profile does not list. */
function mayHave({ labels = {}, zones, isComplete }: NodeGroup, key: string): boolean {
  if (isComplete === true) return false;
  if (zones !== undefined && (key === ZONE || key === BETA_ZONE)) return false;
  return !Object.hasOwn(labels, key) && OF_CLOUDS.test(key);
}

/** The resources that any of some pools lists. */
export function listedResources(groups: readonly NodeGroup[]): ReadonlySet<string> {
  return new Set(groups.flatMap(({ allocatable = {} }) => Object.keys(allocatable)));
}

/** What adds nodes that no profile lists, if the set has it. */
const NODE_MAKERS = [
  'karpenter.sh/NodePool',
  'karpenter.sh/Provisioner',
  'cluster.x-k8s.io/MachineDeployment',
  'cluster.x-k8s.io/MachinePool',
];

/** What the set has that adds nodes of its own. */
export function nodeMakerOf(cluster: Cluster): Pods['manifest'] | undefined {
  return NODE_MAKERS.flatMap((kind) => objectsOf(cluster, kind)).at(0)?.manifest;
}
