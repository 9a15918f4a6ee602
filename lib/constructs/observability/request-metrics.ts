import { oneOf } from '../../errors';
import { complete } from '../core/complete';
import { anyOf, choice, record, text } from '../core/shapes';

/** The metrics by which a program counts its requests. */
export interface RequestMetrics {
  /** The counter of requests: `http_requests_total`. */
  readonly requests: string;
  /** Matcher of the labels of those that failed: `code=~"5.."`. */
  readonly failed: string;
  /** The histogram of their duration in seconds, without `_bucket`: `http_request_duration_seconds`. */
  readonly duration: string;
}

/** Names of metrics that many programs share. */
export type RequestMetricsConvention = 'prometheus' | 'opentelemetry' | 'grpc';

/**
 * Sources: `promhttp.InstrumentHandlerCounter` of client_golang, whose label is `code`; `http.server.request.duration` of
 * the OpenTelemetry semantic conventions 1.23, as its Prometheus exporter names it; go-grpc-middleware, by the codes that
 * are the server's fault.
 */
const CONVENTIONS: Readonly<Record<RequestMetricsConvention, RequestMetrics>> = {
  prometheus: {
    requests: 'http_requests_total',
    failed: 'code=~"5.."',
    duration: 'http_request_duration_seconds',
  },
  opentelemetry: {
    requests: 'http_server_request_duration_seconds_count',
    failed: 'http_response_status_code=~"5.."',
    duration: 'http_server_request_duration_seconds',
  },
  grpc: {
    requests: 'grpc_server_handled_total',
    failed: 'grpc_code=~"Unknown|DeadlineExceeded|Unimplemented|Internal|Unavailable|DataLoss"',
    duration: 'grpc_server_handling_seconds',
  },
};

const NAMES = Object.keys(CONVENTIONS) as RequestMetricsConvention[];

export const REQUEST_METRICS = anyOf<RequestMetrics | RequestMetricsConvention>(
  [choice(NAMES), complete(record<RequestMetrics>({ requests: text, failed: text, duration: text }))],
  { expected: `${oneOf(NAMES.map((name) => `"${name}"`))}, or { requests, failed, duration }` },
);

/** The names of the metrics. */
export function requestMetrics(
  metrics: RequestMetrics | RequestMetricsConvention = 'prometheus',
): RequestMetrics {
  if (typeof metrics !== 'string') return metrics;
  // A name that there is not was reported with its shape.
  return CONVENTIONS[NAMES.includes(metrics) ? metrics : 'prometheus'];
}
