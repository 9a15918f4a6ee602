import { mayBeApiServerPort } from '../kube/api-server';
import type { LabelSelector } from '../kube/labels';
import type { Field } from '../manifest/field';
import { accountName, isGrantedByName, mountsToken } from './accounts';
import type { Cluster } from './cluster';
import { mayMatch } from './dns';
import { egressPolicies, pluginPolicy, policyMaker, type Policy, type PolicyRule } from './policies';
import { podsOf, type Pods } from './pods';
import { worldOf } from './references';
import { EVERYTHING, selectorAt } from './selectors';
import type { World } from './world';

/** Pods that call the API server, as their token and permissions say, and that policies do not let. */
export interface WithoutApiServer {
  /** The first policy that limits what they connect to. */
  readonly policy: Policy;
  readonly pods: Pods;
  /** Whether they may connect to nothing at all. */
  readonly isShut: boolean;
}

/**
 * Pods with a token whose ServiceAccount is granted something by its name, and which no rule of a policy lets connect to
 * anything that may be the API server. What policies of network plugins allow is not known.
 */
export function withoutApiServer(cluster: Cluster): readonly WithoutApiServer[] {
  return cluster.derived(findWithout);
}

function findWithout(cluster: Cluster): readonly WithoutApiServer[] {
  const egress = egressPolicies(cluster);
  const world = worldOf(cluster);
  const known = new Map<readonly Policy[], boolean>();
  const allows = (list: readonly Policy[]): boolean => {
    const found = known.get(list) ?? list.some((policy) => mayAllow(world, policy));
    known.set(list, found);
    return found;
  };
  return podsOf(cluster).flatMap((pods): WithoutApiServer[] => {
    const lists = egress.of(pods);
    const [policy] = lists.flat();
    if (policy === undefined || lists.some(allows) || !callsApiServer(cluster, pods)) return [];
    if (pluginPolicy(cluster) !== undefined) return [];
    if (policyMaker(cluster, pods.namespace, policy.manifest) !== undefined) return [];
    const limiting = lists.flat().find(({ rules }) => (rules.egress ?? []).length > 0);
    return [{ policy: limiting ?? policy, pods, isShut: limiting === undefined }];
  });
}

/** Whether pods are there to call the API server. Policies do not apply to those on the network of their node. */
function callsApiServer(cluster: Cluster, pods: Pods): boolean {
  return (
    !pods.spec.child('hostNetwork').isTrue &&
    isGrantedByName(cluster, pods.namespace, accountName(pods)) &&
    mountsToken(cluster, pods) === true
  );
}

function mayAllow(world: World, policy: Policy): boolean {
  return (policy.rules.egress ?? []).some(
    (rule) =>
      isAboutPort(rule) &&
      (rule.peers.length === 0 || rule.peers.some((peer) => mayBeServer(world, policy, peer))),
  );
}

/** Whether a rule is about a port that an API server may have; a name may be one of its ports. */
function isAboutPort({ ports }: PolicyRule): boolean {
  if (ports.length === 0) return true;
  return ports.some((at) => {
    if ((at.child('protocol').text || 'TCP') !== 'TCP') return false;
    const port = at.child('port');
    if (!port.isSet || typeof port.value === 'string') return true;
    const last = at.child('endPort').isSet ? at.child('endPort').number : port.number;
    return last > port.number ? last >= FIRST_PORT : mayBeApiServerPort(port.number);
  });
}

const FIRST_PORT = 443;

/**
 * Whether a peer may be the API server: any addresses. Selectors of pods do not take it where it runs outside of the
 * cluster, or the network plugin knows only the addresses of pods; those that are meant for it count all the same.
 */
function mayBeServer(world: World, { namespace }: Policy, peer: Field): boolean {
  if (peer.child('ipBlock').isSet) return true;
  const there = selectorAt(peer.child('namespaceSelector'));
  const pods = selectorAt(peer.child('podSelector')) ?? EVERYTHING;
  const isThere = (name: string): boolean =>
    there === undefined ? name === namespace : mayMatch(world, there, name);
  return NAMESPACES.some(isThere) && mayBeForServer(pods);
}

/** Where API servers run that are pods: those of kubeadm, and of OpenShift. */
const NAMESPACES = ['kube-system', 'openshift-kube-apiserver'];

function mayBeForServer({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean {
  const values = [...Object.values(matchLabels), ...matchExpressions.flatMap(({ values: all = [] }) => all)];
  return values.length === 0 || values.some((value) => /api-?server|control-?plane/.test(value));
}
