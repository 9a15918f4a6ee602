import type { Place } from '../place';
import { selectorAt, selectsAll, type Seeing, type Source } from '../seeing';

/** The pods that a policy is for, and those that its rules speak of. An empty selector means whatever there is. */
export const networkPolicy: Source = (see, object) => {
  const spec = object.at('spec');
  const selector = selectorAt(spec.at('podSelector'));
  if (!selectsAll(selector)) see.pods('policy-pods', spec.at('podSelector'), selector, [see.namespace]);
  for (const [rules, peers] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const) {
    for (const rule of spec.list(rules)) for (const peer of rule.list(peers)) ofPeer(see, peer);
  }
};

function ofPeer(see: Seeing, peer: Place): void {
  const at = peer.at('podSelector');
  const selector = selectorAt(at);
  if (!at.isSet || selectsAll(selector)) return;
  // The controller of a Gateway makes its pods (Gateway API, GEP-1762).
  if (at.at('matchLabels', 'gateway.networking.k8s.io/gateway-name').isSet) return;
  const namespaces = namespacesOf(see, peer);
  // Other namespaces than those that are known may have such pods.
  if (namespaces !== undefined) see.pods('policy-peer', at, selector, namespaces);
}

/** The known namespaces that a peer's pods are in; nothing where it means others, or some that nobody knows of. */
function namespacesOf(see: Pick<Seeing, 'world' | 'namespace'>, peer: Place): readonly string[] | undefined {
  const at = peer.at('namespaceSelector');
  if (!at.isSet) return [see.namespace];
  const selector = selectorAt(at);
  if (selectsAll(selector)) return undefined;
  const known = see.world.namespacesWith(selector);
  return known.length === 0 ? undefined : known;
}
