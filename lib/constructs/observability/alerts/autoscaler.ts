import type { AlertKind } from './alert';
import { by, matchers, ratio } from './selectors';

/**
 * Whether the autoscaler has reached its maximum. Relies on `kube_horizontalpodautoscaler_…` of kube-state-metrics; the
 * autoscaler may be one that KEDA makes.
 */
export const autoscaler: AlertKind = {
  alert: 'AutoscalerAtMaximum',
  unit: 'percentage',
  fires: '>=',
  defaults: { at: '100%', for: '15m' },
  lacks: (target) =>
    target.autoscaler === undefined
      ? "an autoscaler, such as `replicas: { min: 2, max: 9, cpu: '70%' }`"
      : undefined,
  query: (target) => {
    const series = (metric: string): string =>
      `max${by(target)} (kube_horizontalpodautoscaler_${metric}{${matchers(target, `horizontalpodautoscaler="${target.autoscaler ?? ''}"`)}})`;
    return ratio(series('status_current_replicas'), series('spec_max_replicas'));
  },
  summary: 'its autoscaler cannot add more pods',
  description:
    'The workload has {{ $value | humanizePercentage }} of the most pods that its autoscaler may make.',
};
