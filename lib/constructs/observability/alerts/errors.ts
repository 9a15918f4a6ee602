import type { AlertKind } from './alert';
import { by, ofPods, ratio } from './selectors';

/**
 * The share of requests that fail. Relies on the program's own counter of requests, as `requestMetrics` names it; fires for
 * none while there are no requests.
 */
export const errors: AlertKind = {
  alert: 'ErrorRateHigh',
  unit: 'percentage',
  fires: '>',
  defaults: { at: '5%', for: '5m', severity: 'critical' },
  query: (target, { over }) => {
    const { requests, failed } = target.metrics;
    const rate = (...matchers: string[]): string =>
      `sum${by(target)} (rate(${requests}{${ofPods(target, ...matchers)}}[${over}]))`;
    return ratio(rate(failed), rate());
  },
  summary: 'more than {at} of its requests fail',
  description: '{{ $value | humanizePercentage }} of the requests failed in the last {over}.',
};
