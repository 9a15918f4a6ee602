import type { CustomPatches } from '../../kube/custom/patches';
import { shorten } from '../../kube/names';
import { NAME_LENGTH } from '../core/names';
import { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import type { AlertProp } from '../observability/alerts';
import type { TraitPlace } from '../workloads/trait';
import { conditionsOf, prometheusAddress } from './analysis';
import type { AbortOptions } from './strategy';

/** What Flagger asks Prometheus for one alert. */
export interface Metric {
  readonly name: string;
  readonly template: KubeObject<CustomPatches['MetricTemplate']>;
}

/** One MetricTemplate for each alert of `abortOn`: it is 0 while the alert would not fire. */
export function makeMetrics(
  place: TraitPlace,
  { abortOn = [] }: AbortOptions,
  path: string,
): readonly Metric[] {
  return abortOn.flatMap((alert, index) =>
    singles(alert).map(({ name, only }): Metric => {
      const id = name
        .replaceAll(/[^A-Za-z0-9]+/g, '-')
        .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-')
        .toLowerCase();
      const template = new KubeObject<CustomPatches['MetricTemplate']>(place.workload, `metric-${id}`, {
        apiVersion: 'flagger.app/v1beta1',
        kind: 'MetricTemplate',
        metadata: { ...place.metadata(), name: shorten([place.name, id], NAME_LENGTH) },
        content: (report) => ({
          spec: renderTemplate(place, only, below(path, report), below(`${path}.abortOn[${index}]`, report)),
        }),
      });
      return { name: id, template };
    }),
  );
}

/** The alerts of a prop, each by itself. */
function singles(alert: AlertProp): readonly { readonly name: string; readonly only: AlertProp }[] {
  if (typeof alert === 'string') return [{ name: alert, only: alert }];
  if ('name' in alert) return [{ name: alert.name, only: alert }];
  return Object.entries(alert as object)
    .filter(([, settings]) => settings !== undefined)
    .map(([name, settings]) => ({ name, only: { [name]: settings as object } }));
}

/** Flagger puts the query on one line, so that a comment would hide the rest, and reads `{{` as a template. */
function renderTemplate(place: TraitPlace, alert: AlertProp, here: Reporter, report: Reporter): object {
  // It is about one alert: the path that the list gives is that of the only one.
  const at: Reporter = (problem) => {
    const { path = '', ...rest } = problem;
    const own = path.replace(/^\[0\]\.?/, '');
    report({ ...rest, ...(own !== '' && { path: own }) });
  };
  const [condition] = conditionsOf(place, [alert], at);
  const expr = condition?.expr ?? '';
  if (/^[^"'`]*#/m.test(expr))
    at({ code: 'INVALID_PROP', path: '[0].expr', message: 'Forbidden: Flagger takes no comments in PromQL' });
  const query = `count(${expr}) or vector(0)`.replaceAll('{{', '{{ "{{" }}');
  return { provider: { type: 'prometheus', address: prometheusAddress(place, here) }, query };
}

/** `metrics` of an analysis. */
export function renderMetrics(metrics: readonly Metric[], interval: string): readonly object[] {
  return metrics.map(({ name, template }) => ({
    name,
    interval,
    templateRef: { name: template.name },
    thresholdRange: { max: 0 },
  }));
}
