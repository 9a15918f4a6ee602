import { newestGates } from '../../kube/feature-gates';
import { aggregate, isPodLevelResource } from '../../kube/pod-resources';
import { canonical, compareQuantities, parseQuantity } from '../../kube/quantity';
import { isHugePages, isOvercommitAllowed } from '../../kube/resources';
import { recordIn, recordsIn, type Plain } from './plain';

/**
 * `resources` of a pod, if they are partly set: huge pages as in its containers, and requests from the containers'
 * total requests, else from the limits (KEP-2837).
 *
 * @param gates make a difference for limits, and none for what is reserved
 * @source k8s.io/kubernetes pkg/apis/core/v1/defaults.go defaultHugePagePodLimits, defaultPodRequests 1.36
 */
export function podLevelResources(spec: Plain, gates = newestGates): void {
  const resources = recordIn(spec, 'resources');
  if (resources === undefined) return;
  const limits = { ...recordIn(resources, 'limits') };
  const requests = { ...recordIn(resources, 'requests') };
  if (isEmpty(limits) && isEmpty(requests)) return;

  for (const [name, amount] of aggregate(spec, 'limits')) {
    if (isHugePages(name) && !(name in requests)) limits[name] ??= canonical(amount);
  }
  const fixesLimits = gates.isOn('PodLevelResourcesFixDefaulting');
  if (isEmpty(limits) && !fixesLimits) return;
  if (!isEmpty(limits)) resources['limits'] = limits;

  for (const [name, amount] of aggregate(spec, 'requests')) {
    if (isPodLevelResource(name) && isOvercommitAllowed(name)) requests[name] ??= canonical(amount);
  }
  for (const [name, limit] of Object.entries(limits)) {
    if (isPodLevelResource(name)) requests[name] ??= limit;
  }
  if (!isEmpty(requests)) resources['requests'] = requests;
  if (fixesLimits) limitsOfContainers(spec, resources);
}

/**
 * The limit of a resource that the pod requests and every container limits: of the containers together, or the request
 * of the pod where that is larger.
 *
 * @source k8s.io/kubernetes pkg/api/pod/util.go defaultPodLevelLimits, aggregateContainerLimits 1.37
 */
function limitsOfContainers(spec: Plain, resources: Plain): void {
  const requests = recordIn(resources, 'requests') ?? {};
  const limits = { ...recordIn(resources, 'limits') };
  const containers = ['initContainers', 'containers'].flatMap((list) => recordsIn(spec, list));
  const isLimited = (name: string): boolean =>
    containers.every(
      (container) => name in (recordIn(recordIn(container, 'resources') ?? {}, 'limits') ?? {}),
    );
  const together = aggregate(spec, 'limits');
  for (const [name, text] of Object.entries(requests)) {
    const limit = together.get(name);
    if (limit === undefined || name in limits || !isPodLevelResource(name) || !isLimited(name)) continue;
    const request = parseQuantity(String(text));
    const isMore = request !== undefined && compareQuantities(request, limit) > 0;
    limits[name] = isMore ? text : canonical(limit);
  }
  if (!isEmpty(limits)) resources['limits'] = limits;
}

function isEmpty(map: Plain): boolean {
  return Object.keys(map).length === 0;
}
