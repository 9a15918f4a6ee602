import type { AlertKind, AlertTarget } from './alert';
import { by, ofPods, on } from './selectors';

/**
 * How much of its limits a container uses, of memory and of CPU. Relies on `container_memory_working_set_bytes` and
 * `container_cpu_usage_seconds_total` of the kubelet (cAdvisor), and on `kube_pod_container_resource_limits` of
 * kube-state-metrics, which knows limits that the cluster sets as well.
 */
export const saturation: AlertKind = {
  alert: 'ContainerSaturated',
  unit: 'percentage',
  fires: '>',
  defaults: { at: '85%', for: '10m' },
  lacks: ({ limited }) =>
    limited.length > 0
      ? undefined
      : "a limit of cpu or memory, such as `resources: { memory: { limit: '512Mi' } }`",
  query: (target, { over }) => {
    const shares = { memory: usedMemory(target), cpu: usedCpu(target, over) };
    // `or` binds less tightly than the comparison that follows.
    return `(${target.limited.map((resource) => share(target, resource, shares[resource])).join('\nor\n')})`;
  },
  summary: 'a container uses more than {at} of its limit',
  description:
    'Container {{ $labels.container }} of pod {{ $labels.pod }} uses {{ $value | humanizePercentage }} of its {{ $labels.resource }}.',
};

/** Series of cAdvisor without a container are of the pod as a whole. */
const CONTAINERS = 'container!=""';

function usedMemory(target: AlertTarget): string {
  return `max${by(target, 'pod', 'container')} (container_memory_working_set_bytes{${ofPods(target, CONTAINERS)}})`;
}

function usedCpu(target: AlertTarget, over: string): string {
  return `sum${by(target, 'pod', 'container')} (rate(container_cpu_usage_seconds_total{${ofPods(target, CONTAINERS)}}[${over}]))`;
}

/** Usage divided by the limit; its label `resource` tells memory and CPU of a container apart. */
function share(target: AlertTarget, resource: string, used: string): string {
  const limits = `kube_pod_container_resource_limits{${ofPods(target, `resource="${resource}"`)}}`;
  const limit = `max${by(target, 'pod', 'container', 'resource')} (${limits})`;
  return `${used} / ${on(target, 'pod', 'container')} group_right () ${limit}`;
}
