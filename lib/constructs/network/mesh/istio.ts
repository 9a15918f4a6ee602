import type { NamedPort } from '../../workloads/container/ports';
import type { AddressBlock } from '../ends';
import { rulesFor, type MeshRule } from './calls';
import type { Membership, MeshIdentity } from './membership';

/**
 * `spec` of the AuthorizationPolicy of pods: without rules it denies everything.
 *
 * Source: AuthorizationPolicy of security.istio.io/v1.
 */
export function authorizationSpec(
  matchLabels: Readonly<Record<string, string>>,
  rules: readonly MeshRule[],
): object {
  return {
    selector: { matchLabels },
    action: 'ALLOW',
    ...(rules.length > 0 && { rules: rules.map(renderRule) }),
  };
}

/**
 * `spec` of the AuthorizationPolicy of the Service, which its waypoint enforces: what reaches the pods comes from the
 * waypoint, whoever called.
 */
export function waypointSpec(service: string, rules: readonly MeshRule[]): object {
  const anyPort = rules.map(({ from }): MeshRule => ({ from, ports: undefined }));
  const targetRefs = [{ group: '', kind: 'Service', name: service }];
  return { targetRefs, action: 'ALLOW', ...(rules.length > 0 && { rules: anyPort.map(renderRule) }) };
}

function renderRule({ from, ports }: MeshRule): object {
  return {
    ...(from !== 'anyone' && {
      from: 'identity' in from ? [principal(from.identity)] : from.blocks.map(addresses),
    }),
    ...(ports !== undefined && { to: [{ operation: { ports: ports.map(String) } }] }),
  };
}

/** `cluster.local` stands for the trust domain of the mesh, whatever it is ("Trust Domain Migration" of Istio). */
function principal({ namespace, account }: MeshIdentity): object {
  if (account === undefined) return { source: { namespaces: [namespace ?? '*'] } };
  const name = namespace === undefined ? `*/sa/${account}` : `cluster.local/ns/${namespace}/sa/${account}`;
  return { source: { principals: [name] } };
}

function addresses({ cidr, except = [] }: AddressBlock): object {
  return { source: { ipBlocks: [cidr], ...(except.length > 0 && { notIpBlocks: except }) } };
}

/**
 * `spec` of the PeerAuthentication of pods. Ports that callers without an identity may call stay open to them.
 *
 * Source: PeerAuthentication of security.istio.io/v1; it needs a selector for the modes of ports.
 */
export function peerAuthenticationSpec(
  matchLabels: Readonly<Record<string, string>>,
  mtls: NonNullable<Membership['mtls']>,
  ports: readonly NamedPort[],
  rules: readonly MeshRule[],
): object {
  const open = mtls === 'strict' ? ports.filter((port) => isOpen(rulesFor(rules, port))) : [];
  const modes = open.map(({ port }) => [String(port), { mode: 'PERMISSIVE' }]);
  return {
    selector: { matchLabels },
    mtls: { mode: mtls.toUpperCase() },
    ...(modes.length > 0 && { portLevelMtls: Object.fromEntries(modes) as object }),
  };
}

/** Whether rules let callers in that have no identity in the mesh. */
export function isOpen(rules: readonly MeshRule[]): boolean {
  return rules.some(({ from }) => from === 'anyone' || 'blocks' in from);
}
