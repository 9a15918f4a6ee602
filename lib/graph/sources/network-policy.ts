import type { Field } from '../../manifest/field';
import type { ReferenceCollector, ReferenceSource } from '../reference-collector';
import { selectorAt, selectsAll } from '../selectors';

/** The pods that a NetworkPolicy selects, and its peers. An empty selector is right without any pods. */
export const networkPolicy: ReferenceSource = (collect, object) => {
  const spec = object.at('spec');
  const selector = selectorAt(spec.at('podSelector'));
  if (selector !== undefined && !selectsAll(selector))
    collect.pods('policy-pods', spec.at('podSelector'), selector, [collect.namespace]);
  for (const [rules, peers] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const) {
    for (const rule of spec.list(rules)) for (const peer of rule.list(peers)) ofPeer(collect, peer);
  }
};

function ofPeer(collect: ReferenceCollector, peer: Field): void {
  const at = peer.at('podSelector');
  const selector = selectorAt(at);
  if (selector === undefined || selectsAll(selector)) return;
  // The controller of a Gateway makes its pods (Gateway API, GEP-1762).
  if (at.at('matchLabels', 'gateway.networking.k8s.io/gateway-name').isSet) return;
  const namespaces = namespacesOf(collect, peer);
  // Other namespaces than those that are known may have such pods.
  if (namespaces !== undefined) collect.pods('policy-peer', at, selector, namespaces);
}

/** The known namespaces that a peer selects; `undefined` where it selects all, or only unknown ones. */
function namespacesOf(
  collect: Pick<ReferenceCollector, 'world' | 'namespace'>,
  peer: Field,
): readonly string[] | undefined {
  const selector = selectorAt(peer.at('namespaceSelector'));
  if (selector === undefined) return [collect.namespace];
  if (selectsAll(selector)) return undefined;
  const known = collect.world.namespacesWith(selector);
  return known.length === 0 ? undefined : known;
}
