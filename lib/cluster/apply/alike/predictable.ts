import type { KubeObject } from '../../../manifest/manifest';
import { at, recordsAt, textAt } from '../../fields';

/**
 * Kinds that a server creates by what stands in them alone: no plugin of its own looks for other objects, counts them, or
 * asks what the user may do. Roles are refused to who may not do what they allow, pods need their account and class, claims
 * their class, and a definition or webhook changes what the server is.
 *
 * @source k8s.io/kubernetes pkg/kubeapiserver/options/plugins.go AllOrderedPlugins 1.36
 */
const KINDS: ReadonlySet<string> = new Set([
  'v1/ConfigMap',
  'v1/Secret',
  'v1/Service',
  'v1/ServiceAccount',
  'apps/v1/DaemonSet',
  'apps/v1/Deployment',
  'apps/v1/StatefulSet',
  'autoscaling/v2/HorizontalPodAutoscaler',
  'batch/v1/CronJob',
  'networking.k8s.io/v1/Ingress',
  'networking.k8s.io/v1/NetworkPolicy',
  'policy/v1/PodDisruptionBudget',
]);

/** Whether nothing decides about creating an object but itself, apart from webhooks, policies, quotas and permissions. */
export function isPredictable(object: KubeObject): boolean {
  if (!KINDS.has(`${object.apiVersion}/${object.kind}`)) return false;
  // Who may not delete an owner may not name it.
  if (at(object, 'metadata', 'ownerReferences') !== undefined) return false;
  return object.kind !== 'Service' || !hasFixedAddress(object);
}

/** Whether a Service asks for an address or port that another one may have. */
function hasFixedAddress(service: KubeObject): boolean {
  const spec = at(service, 'spec');
  const address = textAt(spec, 'clusterIP');
  return (
    (address !== '' && address !== 'None') ||
    ['clusterIPs', 'externalIPs', 'loadBalancerIP', 'healthCheckNodePort', 'ipFamilies'].some(
      (field) => at(spec, field) !== undefined,
    ) ||
    recordsAt(spec, 'ports').some(({ nodePort }) => nodePort !== undefined)
  );
}
