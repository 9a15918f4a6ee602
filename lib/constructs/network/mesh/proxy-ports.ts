import { isAmbient, type Istio, type Linkerd } from '../../../profiles/mesh';
import { HBONE_PORT, LINKERD_PORT } from '../../../kube/proxy-ports';
import type { ConnectionRule } from '../referenced';
import type { Membership } from './membership';

/**
 * The port to which a mesh sends what it encrypts, in place of the port that was called. NetworkPolicies see it: HBONE in
 * ambient mode, and Linkerd's inbound port, which all connections between proxies share since 2.18. Istio's proxies in pods
 * keep the port.
 *
 * Source: "Ambient and Kubernetes NetworkPolicy" of Istio, and "Network Policy" of Linkerd.
 */
function portOf(mesh: Istio | Linkerd): number | undefined {
  return mesh.kind === 'linkerd' ? LINKERD_PORT : isAmbient(mesh) ? HBONE_PORT : undefined;
}

/** A rule of a workload in the mesh, with the port at which the proxies of the other pods connect, or listen. */
export function withProxyPort<R extends ConnectionRule>(
  rule: R,
  mesh: Istio | Linkerd,
  side: 'from' | 'to',
): R {
  const port = portOf(mesh);
  const { ports = [] } = rule;
  const arePods = side === 'from' || rule.to?.some((each) => !('ipBlock' in each)) === true;
  if (port === undefined || !arePods || !ports.some(({ protocol }) => protocol === 'TCP')) return rule;
  return { ...rule, ports: [...ports, { protocol: 'TCP', port }] };
}

/**
 * What pods in the mesh call besides: with a proxy, the control plane for certificates and configuration, without which
 * they do not start; in ambient mode, the waypoints of others.
 *
 * Source: "Ports used by Istio", and the arguments of Linkerd's proxies: identity, destination and policy.
 */
export function meshEgress(mesh: Istio | Linkerd): readonly ConnectionRule[] {
  if (mesh.kind === 'istio' && isAmbient(mesh))
    return mesh.waypoint === undefined
      ? []
      : [{ to: [{ namespaceSelector: {}, ...podsOf(mesh.waypoint) }], ports: HBONE }];
  const { namespace = mesh.kind === 'istio' ? 'istio-system' : 'linkerd' } = mesh;
  const ports = mesh.kind === 'istio' ? [15012] : [8080, 8086, 8090, LINKERD_PORT];
  const there = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } };
  return [{ to: [there], ports: ports.map((port) => ({ protocol: 'TCP', port })) }];
}

const HBONE = [{ protocol: 'TCP', port: HBONE_PORT }];

/** The pods of a waypoint, which are those of a Gateway (GEP-1762). */
function podsOf(waypoint: string): object {
  return { podSelector: { matchLabels: { 'gateway.networking.k8s.io/gateway-name': waypoint } } };
}

/**
 * Who calls pods in ambient mode besides: probes come from an address of their own, which network plugins do not know for
 * that of the kubelet, and calls from the waypoint of their Service.
 *
 * Source: "Ambient and Kubernetes NetworkPolicy" of Istio.
 */
export function meshIngress({
  mesh,
  waypoint,
}: Pick<Membership, 'mesh' | 'waypoint'>): readonly ConnectionRule[] {
  if (!isAmbient(mesh)) return [];
  return [
    { from: [{ ipBlock: { cidr: '169.254.7.127/32' } }] },
    ...(waypoint === undefined ? [] : [{ from: [podsOf(waypoint)], ports: HBONE }]),
  ];
}
