import { blockedCalls, type BlockedCall } from '../../../graph/hosts/blocked-calls';
import { kedaBlockedCalls } from '../../../graph/hosts/keda-blocked';
import { meshBlockedCalls, type MeshBlockedCall } from '../../../graph/hosts/mesh-blocked-calls';
import { describeTarget } from '../../../graph/describe';
import { formatId, type Manifest } from '../../../manifest/manifest';
import type { Rule } from '../../rule';

export const connectionBlocked: Rule = {
  name: 'wiring/connection-blocked',
  severity: 'error',
  about:
    'Finds hosts of Services in environment variables, arguments, ConfigMaps and Secrets of pods that NetworkPolicies do not let connect to them: to any of their pods, or to some, which is a warning. KEDA connects to the hosts that triggers name, from its own namespace: `keda` of the profile says which. It also finds those that policies of Istio deny or do not allow, and those that no AuthorizationPolicy of a Linkerd Server allows.',
  why: 'The connection times out, or is refused.',
  run(cluster, report) {
    const judged = new Set(cluster.set);
    for (const call of blockedCalls(cluster)) {
      const { text, doubt, isPartial } = call;
      const message = describe(call);
      const place = judged.has(text.manifest) ? text : { manifest: call.client.manifest, at: text.by };
      const said = doubt === undefined ? message : `${message}, but ${doubt}`;
      const isProven = doubt === undefined && !isPartial;
      report(place.manifest, place.at.path, said, hintFor(call), isProven ? undefined : 'warning');
    }
    for (const call of kedaBlockedCalls(cluster)) {
      const { client, text, policy, port, doubt } = call;
      const message = `${connects(call)}, and ${formatId(policy.id)} does not let it in`;
      const said = doubt === undefined ? message : `${message}, but ${doubt}`;
      const hint = `Allow namespace "${client.namespace}" and port ${port.number}/${port.protocol} in spec.ingress of ${nameAndPlace(policy)}.`;
      report(text.manifest, text.at.path, said, hint, doubt === undefined ? undefined : 'warning');
    }
    for (const call of meshBlockedCalls(cluster)) {
      const { client, text, policy, isDenied, isMeshed } = call;
      const place = judged.has(text.manifest) ? text : { manifest: client.manifest, at: text.by };
      const message = `${connects(call)}, and ${formatId(policy.id)} ${isDenied ? 'denies it' : 'does not allow it'}`;
      const said = isMeshed ? message : `${message}, but the pods may not be in the mesh`;
      report(place.manifest, place.at.path, said, meshHint(call), isMeshed ? undefined : 'warning');
    }
  },
};

function connects({
  client,
  text,
  target,
  port,
}: Pick<BlockedCall, 'client' | 'text' | 'target' | 'port'>): string {
  const service = describeTarget(target, client.manifest);
  const who = text.manifest === client.manifest ? '' : `${formatId(client.manifest.id)} `;
  return `${who}connects to ${service} on port ${port.number}/${port.protocol}`;
}

function meshHint({ caller, policy, port, isDenied }: MeshBlockedCall): string {
  const name = nameAndPlace(policy);
  if (isDenied) return `Leave out ${caller} or port ${port.number} in spec.rules of ${name}.`;
  return policy.id.kind === 'Server'
    ? `Allow ${caller} in an AuthorizationPolicy of ${name}.`
    : `Allow ${caller} and port ${port.number} in spec.rules of ${name}.`;
}

function describe(call: BlockedCall): string {
  const { policy, way, to, isPartial } = call;
  const side = way === 'ingress' ? 'does not let it in' : 'does not let it out';
  const where = isPartial ? ` to ${formatId(to.manifest.id)}, one of those behind it` : '';
  return `${connects(call)}, and ${formatId(policy.id)} ${side}${where}`;
}

function hintFor({ client, to, port, policy, way }: BlockedCall): string {
  const peer = labelsOf(way === 'ingress' ? client : to);
  const field = way === 'ingress' ? 'spec.ingress' : 'spec.egress';
  return `Allow ${peer} and port ${port.number}/${port.protocol} in ${field} of ${nameAndPlace(policy)}.`;
}

/** Labels that are in a hint; pods that have many are named by fewer. */
const MOST_LABELS = 3;

function labelsOf({ labels, manifest }: BlockedCall['client']): string {
  const all = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return all.length === 0 ? `the pods of ${formatId(manifest.id)}` : all.slice(0, MOST_LABELS).join(',');
}

/** The finding stands at the line of the client; the hint names that of the policy. */
function nameAndPlace({ id, origin }: Manifest): string {
  const place = origin?.source ?? origin?.construct;
  return place === undefined ? formatId(id) : `${formatId(id)}, at ${place}`;
}
