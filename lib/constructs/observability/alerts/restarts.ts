import type { AlertKind } from './alert';
import { by, ofPods } from './selectors';

/** How often a container restarts. Relies on `kube_pod_container_status_restarts_total` of kube-state-metrics. */
export const restarts: AlertKind = {
  alert: 'ContainerRestarting',
  unit: 'number',
  fires: '>',
  defaults: { at: 3, for: '1m', over: '1h' },
  query: (target, { over }) =>
    `sum${by(target, 'pod', 'container')} (increase(kube_pod_container_status_restarts_total{${ofPods(target)}}[${over}]))`,
  summary: 'a container restarts again and again',
  description:
    'Container {{ $labels.container }} of pod {{ $labels.pod }} restarted {{ $value | humanize }} times in the last {over}.',
};
