import type { AlertKind, AlertTarget } from './alert';
import { by, inEitherNamespace, matchers, ratio } from './selectors';

/** The metrics of kube-state-metrics by kind: the label with the name, pods that serve, pods that there should be. */
const METRICS: Readonly<Record<string, readonly [label: string, available: string, desired: string]>> = {
  Deployment: ['deployment', 'kube_deployment_status_replicas_available', 'kube_deployment_spec_replicas'],
  StatefulSet: ['statefulset', 'kube_statefulset_status_replicas_ready', 'kube_statefulset_replicas'],
  DaemonSet: [
    'daemonset',
    'kube_daemonset_status_number_available',
    'kube_daemonset_status_desired_number_scheduled',
  ],
};

/**
 * The share of its pods that are available. Relies on kube-state-metrics, and for a Rollout on `rollout_info_replicas_…` of
 * the controller of Argo Rollouts. Fires for none while it is scaled to zero.
 */
export const replicas: AlertKind = {
  alert: 'ReplicasUnavailable',
  unit: 'percentage',
  fires: '<',
  defaults: { at: '100%', for: '15m' },
  lacks: ({ kind }) =>
    kind === 'Rollout' || Object.hasOwn(METRICS, kind) ? undefined : 'pods that run all the time',
  query: (target) => {
    const { available, desired } = replicaSeries(target);
    return ratio(available, desired);
  },
  summary: 'fewer than {at} of its pods are available',
  description: '{{ $value | humanizePercentage }} of the pods are available.',
};

/** How many pods are available, and how many there should be. */
export function replicaSeries(target: AlertTarget): { readonly available: string; readonly desired: string } {
  const { kind, name, serving = name } = target;
  if (kind === 'Rollout')
    return { available: ofRollout(target, 'available'), desired: ofRollout(target, 'desired') };
  const [label = '', available = '', desired = ''] = METRICS[kind] ?? [];
  const series = (metric: string): string =>
    `sum${by(target)} (${metric}{${matchers(target, `${label}="${serving}"`)}})`;
  return { available: series(available), desired: series(desired) };
}

function ofRollout(target: AlertTarget, which: string): string {
  return `sum (${inEitherNamespace(target, `rollout_info_replicas_${which}`, `name="${target.name}"`)})`;
}
