import type { AlertKind } from './alert';
import { by, ofPods } from './selectors';

/**
 * The duration that most requests stay below: the 99th percentile, or that of `quantile`. Relies on the program's own
 * histogram, as `requestMetrics` names it, whose buckets limit how exact it is.
 */
export const latency: AlertKind = {
  alert: 'LatencyHigh',
  unit: 'duration',
  fires: '>',
  defaults: { at: '1s', for: '10m' },
  query: (target, { over, quantile }) =>
    `histogram_quantile(${quantile}, sum${by(target, 'le')} (rate(${target.metrics.duration}_bucket{${ofPods(target)}}[${over}])))`,
  summary: 'requests take longer than {at}',
  description:
    'The slowest requests took {{ $value | humanizeDuration }} or longer in the last {over} (quantile {quantile}).',
};
