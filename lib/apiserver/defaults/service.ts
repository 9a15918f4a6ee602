import { atLeast } from '../../kube/at-least';
import type { FeatureGates } from '../../kube/feature-gates';
import { hasAny, recordIn, recordsIn, type Plain } from './plain';

/**
 * Seconds for which a client's requests go to the same pod: `DefaultClientIPServiceAffinitySeconds`.
 *
 * @source k8s.io/kubernetes pkg/apis/core/types.go DefaultClientIPServiceAffinitySeconds 1.36
 */
const AFFINITY_SECONDS = 10_800;

/**
 * Defaults of a Service that depend on its type and session affinity.
 *
 * @source k8s.io/kubernetes pkg/apis/core/v1/defaults.go SetDefaults_Service 1.36
 */
export function serviceSpec(spec: Plain, { kubernetes }: FeatureGates): void {
  sessionAffinity(spec);
  for (const port of recordsIn(spec, 'ports')) {
    const target = port['targetPort'];
    if (target === undefined || target === 0 || target === '') port['targetPort'] = port['port'] ?? 0;
  }
  const type = spec['type'];
  const isReached = type === 'ClusterIP' && hasAny(spec, 'externalIPs') && atLeast(kubernetes, '1.29');
  const isExternal = type === 'LoadBalancer' || type === 'NodePort' || isReached;
  if (isExternal) spec['externalTrafficPolicy'] ??= 'Cluster';
  if (type === 'ClusterIP' || type === 'NodePort' || type === 'LoadBalancer') {
    spec['internalTrafficPolicy'] ??= 'Cluster';
  }
  if (type === 'LoadBalancer') spec['allocateLoadBalancerNodePorts'] ??= true;
}

/** @source k8s.io/kubernetes pkg/apis/core/v1/defaults.go SetDefaults_Service 1.36 */
function sessionAffinity(spec: Plain): void {
  if (spec['sessionAffinity'] === 'None') delete spec['sessionAffinityConfig'];
  if (spec['sessionAffinity'] !== 'ClientIP') return;
  const clientIP = recordIn(recordIn(spec, 'sessionAffinityConfig') ?? {}, 'clientIP');
  if (clientIP?.['timeoutSeconds'] !== undefined) return;
  spec['sessionAffinityConfig'] = { clientIP: { timeoutSeconds: AFFINITY_SECONDS } };
}
