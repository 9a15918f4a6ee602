import type { Reporter } from '../core/problems';
import { optional } from '../core/props';
import type { NamedPort } from '../workloads/container/ports';

/** What annotations can say of an endpoint, and what they cannot. */
interface Endpoint extends Readonly<Partial<Record<(typeof NEEDS_OPERATOR)[number], unknown>>> {
  readonly target: NamedPort | undefined;
  readonly path?: string;
  readonly scheme?: string;
}

/** What only the objects of the operator can say. */
const NEEDS_OPERATOR = ['interval', 'timeout', 'honorLabels', 'relabel', 'metricRelabel'] as const;

/**
 * Annotations of pods that the job `kubernetes-pods` of the Prometheus chart and most collectors read.
 *
 * Source: `scrapeConfigs` in values.yaml of prometheus-community/prometheus.
 */
export function scrapeAnnotations(
  endpoints: readonly Endpoint[],
  report: Reporter,
): Readonly<Record<string, string>> {
  const [first, second] = endpoints;
  if (first?.target === undefined) return {};
  const hint = "Set `installed: ['prometheus-operator']` in the profile, where the cluster has the operator.";
  if (second !== undefined)
    report({ code: 'INVALID_PROP', message: 'Forbidden: annotations of pods name one port', hint });
  for (const key of NEEDS_OPERATOR)
    if (first[key] !== undefined)
      report({
        code: 'INVALID_PROP',
        path: key,
        message: 'Forbidden: annotations of pods cannot say it',
        hint,
      });
  return {
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': String(first.target.port),
    ...optional('prometheus.io/path', first.path),
    ...optional('prometheus.io/scheme', first.scheme),
  };
}
