import type { Field } from '../../manifest/field';
import type { Cluster } from '../cluster';
import { matches } from '../../kube/labels';
import { ingressPolicies, type Policy } from '../policies';
import { isAboutPort, portOf, type Port } from '../policy-ports';
import type { Pods } from '../pods';
import { worldOf } from '../references';
import { selectorAt } from '../selectors';
import { serviceOf } from '../services';
import type { BlockedCall } from './blocked-calls';
import { kedaOperator } from './keda-operator';
import { kedaUses } from './keda-uses';

/** A call of KEDA to what a trigger names that the policies of all pods behind it forbid. */
export interface KedaBlockedCall extends Pick<BlockedCall, 'client' | 'text' | 'target' | 'policy'> {
  readonly port: Port;
  /** Why it may be allowed all the same, as what follows "but". */
  readonly doubt?: string;
}

/** The calls of KEDA that NetworkPolicies forbid, each Service once for a scaler. */
export function kedaBlockedCalls(cluster: Cluster): readonly KedaBlockedCall[] {
  const seen = new Set<string>();
  const { isKnown } = kedaOperator(worldOf(cluster));
  return kedaUses(cluster).flatMap(({ client, text, target, manifest, ports }): KedaBlockedCall[] => {
    const pods = manifest === undefined ? [] : (serviceOf(cluster, manifest)?.pods ?? []);
    const { namespace, name } = text.manifest.id;
    const key = `${namespace ?? ''}/${text.manifest.id.kind}/${name} ${target.namespace ?? ''}/${target.name}`;
    if (pods.length === 0 || seen.has(key)) return [];
    const refused = pods.map((to) => refusal(cluster, client, to, ports));
    const [first] = refused;
    if (first === undefined || refused.includes(undefined)) return [];
    seen.add(key);
    const doubt = isKnown ? undefined : `KEDA may run in another namespace than "${client.namespace}"`;
    return [{ client, text, target, ...first, ...(doubt !== undefined && { doubt }) }];
  });
}

/** The first policy of some pods, where none of them may let KEDA in at one of the ports. */
function refusal(
  cluster: Cluster,
  client: Pods,
  to: Pods,
  ports: readonly { readonly target: unknown; readonly protocol: string }[],
): { readonly policy: BlockedCall['policy']; readonly port: Port } | undefined {
  const policies = ingressPolicies(cluster).of(to).flat();
  const [policy] = policies;
  // Policies do not apply to pods on the network of their node.
  if (policy === undefined || to.spec.child('hostNetwork').isTrue) return undefined;
  const known = ports.map(({ target, protocol }) => portOf(to, target, protocol));
  const [port] = known;
  if (port === undefined) return undefined;
  const isOpen = known.some(
    (each) => each === undefined || policies.some((one) => mayLetIn(cluster, one, client, to, each)),
  );
  return isOpen ? undefined : { policy: policy.manifest, port };
}

function mayLetIn(cluster: Cluster, policy: Policy, client: Pods, to: Pods, port: Port): boolean {
  return (policy.rules.ingress ?? []).some(
    (rule) =>
      isAboutPort(rule, to, port) &&
      (rule.peers.length === 0 || rule.peers.some((peer) => mayBe(cluster, policy, peer, client))),
  );
}

/** Whether a peer may mean KEDA, of which only the namespace is known, or a guess at it. */
function mayBe(cluster: Cluster, policy: Policy, peer: Field, client: Pods): boolean {
  if (peer.child('ipBlock').isSet) return true;
  const there = selectorAt(peer.child('namespaceSelector'));
  if (there === undefined) return client.namespace === policy.namespace;
  const { matchLabels = {}, matchExpressions = [] } = there;
  const keys = [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)];
  const labels = { ...worldOf(cluster).labelsOf(client.namespace), [NAME]: client.namespace };
  const isUnknown = keys.some((key) => !Object.hasOwn(labels, key));
  const { isKnown } = kedaOperator(worldOf(cluster));
  const guess = matchLabels[NAME];
  return isUnknown || matches(there, labels) || (!isKnown && guess !== undefined && /keda/.test(guess));
}

const NAME = 'kubernetes.io/metadata.name';
