import type { NamedPort } from '../../workloads/container/ports';
import type { AddressBlock } from '../ends';
import type { ConnectionRule } from '../referenced';
import type { MeshIdentity } from './membership';

/** A rule for calls of a workload, with the caller's identity where it is known to be in the mesh. */
export interface IngressCall {
  readonly rule: ConnectionRule;
  readonly identity: MeshIdentity | undefined;
}

/** Who a mesh lets call some ports. A mesh knows callers by their identity, or by their address. */
export interface MeshRule {
  /** Numbers of the ports; `undefined` for all. */
  readonly ports: readonly number[] | undefined;
  readonly from:
    { readonly identity: MeshIdentity } | { readonly blocks: readonly AddressBlock[] } | 'anyone';
}

/**
 * The calls as a mesh sees them: it proxies TCP alone. Whoever is not known to be in the mesh has no identity that could be
 * asked for, so that the mesh lets anyone call these ports, and leaves it to the NetworkPolicy who may.
 */
export function meshRules(calls: readonly IngressCall[]): readonly MeshRule[] {
  return calls.flatMap(({ rule, identity }): MeshRule[] => {
    const ports = tcpPorts(rule);
    if (ports?.length === 0) return [];
    return [{ ports, from: identity === undefined ? callersOf(rule) : { identity } }];
  });
}

function tcpPorts({ ports = [] }: ConnectionRule): readonly number[] | undefined {
  if (ports.length === 0) return undefined;
  return ports.flatMap(({ port, protocol }) =>
    protocol === 'TCP' && typeof port === 'number' ? [port] : [],
  );
}

function callersOf({ from = [] }: ConnectionRule): MeshRule['from'] {
  const blocks = from.flatMap((each) => ('ipBlock' in each ? [each.ipBlock as AddressBlock] : []));
  return from.length > 0 && blocks.length === from.length ? { blocks } : 'anyone';
}

/** The rules about one port. */
export function rulesFor(rules: readonly MeshRule[], { port }: NamedPort): readonly MeshRule[] {
  return rules.filter(({ ports }) => ports === undefined || ports.includes(port));
}
