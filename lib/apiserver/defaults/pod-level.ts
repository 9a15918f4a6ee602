import { aggregate, isPodLevelResource } from '../../kube/pod-resources';
import { canonical } from '../../kube/quantity';
import { isHugePages, isOvercommitAllowed } from '../../kube/resources';
import { recordIn, type Plain } from './plain';

/**
 * `resources` of a pod, if they are partly set: huge pages as in its containers, and requests from the containers'
 * total requests, else from the limits (KEP-2837).
 *
 * @source k8s.io/kubernetes pkg/apis/core/v1/defaults.go defaultHugePagePodLimits, defaultPodRequests 1.36
 */
export function podLevelResources(spec: Plain): void {
  const resources = recordIn(spec, 'resources');
  if (resources === undefined) return;
  const limits = { ...recordIn(resources, 'limits') };
  const requests = { ...recordIn(resources, 'requests') };
  if (isEmpty(limits) && isEmpty(requests)) return;

  for (const [name, amount] of aggregate(spec, 'limits')) {
    if (isHugePages(name) && !(name in requests)) limits[name] ??= canonical(amount);
  }
  if (isEmpty(limits)) return;
  resources['limits'] = limits;

  for (const [name, amount] of aggregate(spec, 'requests')) {
    if (isPodLevelResource(name) && isOvercommitAllowed(name)) requests[name] ??= canonical(amount);
  }
  for (const [name, limit] of Object.entries(limits)) {
    if (isPodLevelResource(name)) requests[name] ??= limit;
  }
  if (!isEmpty(requests)) resources['requests'] = requests;
}

function isEmpty(map: Plain): boolean {
  return Object.keys(map).length === 0;
}
