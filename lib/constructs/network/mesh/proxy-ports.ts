import { isAmbient, type Istio, type Linkerd } from '../../../profiles/mesh';
import { HBONE_PORT, LINKERD_PORT } from '../../../kube/proxy-ports';
import type { ConnectionRule } from '../referenced';

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
 * What a pod with a proxy has to call for it to start: certificates and configuration of the control plane.
 *
 * Source: "Ports used by Istio", and the arguments of Linkerd's proxies: identity, destination and policy.
 */
export function controlPlaneRules(mesh: Istio | Linkerd): readonly ConnectionRule[] {
  if (isAmbient(mesh)) return [];
  const { namespace = mesh.kind === 'istio' ? 'istio-system' : 'linkerd' } = mesh;
  const ports = mesh.kind === 'istio' ? [15012] : [8080, 8086, 8090, LINKERD_PORT];
  const there = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } };
  return [{ to: [there], ports: ports.map((port) => ({ protocol: 'TCP', port })) }];
}

/**
 * Probes in ambient mode come from an address of their own, which network plugins do not know for that of the kubelet.
 *
 * Source: "Ambient and Kubernetes NetworkPolicy" of Istio.
 */
export function probeRules(mesh: Istio | Linkerd): readonly ConnectionRule[] {
  return isAmbient(mesh) ? [{ from: [{ ipBlock: { cidr: '169.254.7.127/32' } }] }] : [];
}
