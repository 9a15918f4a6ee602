import type { Reporter } from '../../core/problems';
import { optional, shown } from '../../core/props';
import type { Alert, AlertKind, AlertOptions, AlertTarget } from './alert';
import { autoscaler } from './autoscaler';
import { certificate } from './certificate';
import { errors } from './errors';
import { failed } from './failed';
import { latency } from './latency';
import { replicas } from './replicas';
import { restarts } from './restarts';
import { saturation } from './saturation';
import { readDuration, readThreshold } from './units';
import { volume } from './volume';

/** The ready-made alerts, by the name that turns them on. */
export type AlertName =
  | 'errors'
  | 'latency'
  | 'saturation'
  | 'restarts'
  | 'replicas'
  | 'autoscaler'
  | 'volume'
  | 'failed'
  | 'certificate';

export const CATALOGUE: Readonly<Record<AlertName, AlertKind>> = {
  errors,
  latency,
  saturation,
  restarts,
  replicas,
  autoscaler,
  volume,
  failed,
  certificate,
};

export const ALERT_NAMES = Object.keys(CATALOGUE) as AlertName[];

const OVER = '5m';
const QUANTILE = 0.99;
const SEVERITY = 'warning';

/**
 * A ready-made alert for a workload. Pure: the rollout of a workload aborts on the same measure that its alerts fire on.
 *
 * @param report takes settings that cannot be read, and what the target lacks
 * @returns `undefined` where it lacks something
 */
export function alertRule(
  name: AlertName,
  of: AlertTarget,
  options: AlertOptions,
  report: Reporter,
): Alert | undefined {
  const kind = CATALOGUE[name];
  const target = { ...of, certificates: options.names ?? of.certificates };
  const lacks = kind.lacks?.(target);
  if (lacks !== undefined) {
    report({ code: 'MISSING_PROP', message: `Required value: the alert "${name}" needs ${lacks}` });
    return undefined;
  }
  const { defaults, fires, alert, unit } = kind;
  const { at = defaults.at, over = defaults.over ?? OVER, quantile = QUANTILE, severity } = options;
  const wait = readDuration(options.for ?? defaults.for, 'for', report);
  readDuration(over, 'over', report);
  checkQuantile(quantile, report);
  const query = kind.query(target, { over, quantile });
  const threshold = readThreshold(at, unit, report);
  const said = (text: string): string =>
    text.replaceAll('{at}', String(at)).replaceAll('{over}', over).replaceAll('{quantile}', String(quantile));
  const { namespace, kind: kindName, name: workload } = target;
  return {
    alert,
    expr: `${query}\n${fires} ${threshold}`,
    for: wait === undefined ? defaults.for : (options.for ?? defaults.for),
    labels: {
      severity: severity ?? defaults.severity ?? SEVERITY,
      ...optional('namespace', namespace),
      workload,
    },
    annotations: {
      summary: `${kindName} ${namespace ?? '{{ $labels.namespace }}'}/${workload}: ${said(kind.summary)}`,
      description: said(kind.description),
      ...optional('runbook_url', options.runbook),
    },
    measure: { query, fires, threshold },
  };
}

function checkQuantile(quantile: number, report: Reporter): void {
  if (quantile > 0 && quantile < 1) return;
  const message = `Invalid value: ${shown(quantile)}: must be greater than 0 and less than 1`;
  report({ code: 'INVALID_PROP', path: 'quantile', message, hint: 'The 95th percentile is 0.95.' });
}
