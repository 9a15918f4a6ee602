import { matches } from '../kube/labels';
import type { Field } from '../manifest/field';
import { selects } from './label-index';
import type { Pods } from './pods';
import type { Policy, PolicyRule } from './policies';
import { EVERYTHING, selectorAt, selectsAll } from './selectors';
import type { World } from './world';

/** Whether a peer of a policy in `namespace` means the pods `other`. Addresses may be those of any pod. */
export function isPeer(world: World, namespace: string, peer: Field, other: Pods): boolean {
  if (peer.at('ipBlock').isSet) return true;
  const there = selectorAt(peer.at('namespaceSelector'));
  if (there === undefined && other.namespace !== namespace) return false;
  if (there !== undefined) {
    const labels = { ...world.labelsOf(other.namespace), 'kubernetes.io/metadata.name': other.namespace };
    if (!matches(there, labels)) return false;
  }
  return selects(selectorAt(peer.at('podSelector')) ?? EVERYTHING, other);
}

/** The pods that the peers of a rule mean; `undefined` where a peer may mean pods that are not known. */
export function peersOf(
  world: World,
  { namespace }: Policy,
  { peers }: PolicyRule,
): readonly Pods[] | undefined {
  if (peers.length === 0) return undefined;
  const found = new Set<readonly Pods[]>();
  for (const peer of peers) {
    const selector = selectorAt(peer.at('podSelector'));
    if (selector === undefined || selectsAll(selector)) return undefined;
    const there = selectorAt(peer.at('namespaceSelector'));
    const namespaces = there === undefined ? [namespace] : world.namespacesWith(there);
    const selected = world.pods.select(selector, namespaces);
    if (selected.length === 0) return undefined;
    found.add(selected);
  }
  const [first = [], ...others] = found;
  return others.length === 0 ? first : [...found].flat();
}

/**
 * The known pods that a peer of a policy in `namespace` means; `undefined` for a block of addresses.
 *
 * Source: NetworkPolicyPeer of networking/v1.
 */
export function podsOfPeer(world: World, namespace: string, peer: Field): readonly Pods[] | undefined {
  if (peer.at('ipBlock').isSet) return undefined;
  const there = selectorAt(peer.at('namespaceSelector'));
  const namespaces = there === undefined ? [namespace] : world.namespacesWith(there);
  return world.pods.select(selectorAt(peer.at('podSelector')) ?? EVERYTHING, namespaces);
}

/**
 * Whether a peer may be outside the namespace of the policy: another namespace, an address, or the pods
 * that a controller creates for a Gateway (Gateway API, GEP-1762).
 */
export function mayBeOutside(peer: Field): boolean {
  return peer.child('ipBlock').isSet || peer.child('namespaceSelector').isSet || isGateway(peer);
}

/** Whether a peer means the pods that a controller creates for a Gateway. */
export function isGateway(peer: Field): boolean {
  return peer.at('podSelector', 'matchLabels', 'gateway.networking.k8s.io/gateway-name').isSet;
}

/** The field of a peer that has the name of its namespace. */
export function namespaceName(peer: Field): Field {
  return peer.at('namespaceSelector', 'matchLabels', 'kubernetes.io/metadata.name');
}
