import { createHash } from 'node:crypto';
import type { AlertTarget } from './alerts/alert';
import { replicaSeries } from './alerts/replicas';
import { by, ofPods } from './alerts/selectors';

/** A series of a panel: what it is called, and its PromQL. */
type Series = readonly [legend: string, expr: string];

interface Panel {
  readonly title: string;
  /** Unit of Grafana: `reqps`, `percentunit`, `s`, `bytes`, `short`. */
  readonly unit: string;
  readonly series: readonly Series[];
}

/** A window of Grafana, which is never too short for the scrape interval of the data source. */
const WINDOW = '$__rate_interval';

/**
 * A dashboard of Grafana as JSON, with the same bytes each time.
 *
 * Source: "Dashboard JSON model" of the documentation of Grafana 11, schema version 39.
 *
 * @param hasRequests whether to show requests, their errors and duration
 */
export function dashboardJson(title: string, target: AlertTarget, hasRequests: boolean): string {
  const panels = [...(hasRequests ? requestPanels(target) : []), ...podPanels(target)];
  const dashboard = {
    annotations: { list: [] },
    editable: true,
    graphTooltip: 1,
    panels: panels.map(renderPanel),
    refresh: '1m',
    schemaVersion: 39,
    tags: ['seaworthy'],
    templating: {
      list: [{ name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus', hide: 0 }],
    },
    time: { from: 'now-6h', to: 'now' },
    timezone: '',
    title,
    // At most 40 characters, and the same for the same workload.
    uid: createHash('sha256')
      .update(`${target.namespace ?? ''}/${target.kind}/${target.name}`)
      .digest('hex')
      .slice(0, 20),
    version: 1,
  };
  return `${JSON.stringify(dashboard, undefined, 2)}\n`;
}

function requestPanels(target: AlertTarget): readonly Panel[] {
  const { requests, failed, duration } = target.metrics;
  const rate = (...matchers: string[]): string =>
    `sum (rate(${requests}{${ofPods(target, ...matchers)}}[${WINDOW}]))`;
  const quantile = (share: number): string =>
    `histogram_quantile(${share}, sum by (le) (rate(${duration}_bucket{${ofPods(target)}}[${WINDOW}])))`;
  return [
    { title: 'Requests', unit: 'reqps', series: [['requests', rate()]] },
    { title: 'Errors', unit: 'percentunit', series: [['errors', `${rate(failed)} / ${rate()}`]] },
    {
      title: 'Latency',
      unit: 's',
      series: [
        ['p50', quantile(0.5)],
        ['p90', quantile(0.9)],
        ['p99', quantile(0.99)],
      ],
    },
  ];
}

function podPanels(target: AlertTarget): readonly Panel[] {
  const containers = ofPods(target, 'container!=""');
  const { available, desired } = replicaSeries(target);
  const cpu = `sum by (pod) (rate(container_cpu_usage_seconds_total{${containers}}[${WINDOW}]))`;
  const memory = `sum by (pod) (container_memory_working_set_bytes{${containers}})`;
  const restarted = `sum by (pod, container) (increase(kube_pod_container_status_restarts_total{${ofPods(target)}}[${WINDOW}]))`;
  return [
    { title: 'CPU', unit: 'short', series: [['{{pod}}', cpu], ...boundsOf(target, 'cpu')] },
    { title: 'Memory', unit: 'bytes', series: [['{{pod}}', memory], ...boundsOf(target, 'memory')] },
    { title: 'Restarts', unit: 'short', series: [['{{pod}} {{container}}', restarted]] },
    {
      title: 'Replicas',
      unit: 'short',
      series: [
        ['available', available],
        ['desired', desired],
      ],
    },
  ];
}

/** Request and limit of one pod. */
function boundsOf(target: AlertTarget, resource: string): readonly Series[] {
  return (['request', 'limit'] as const).map((bound) => {
    const series = `kube_pod_container_resource_${bound}s{${ofPods(target, `resource="${resource}"`)}}`;
    return [bound, `max${by(target)} (sum by (namespace, pod) (${series}))`];
  });
}

const WIDTH = 8;
const HEIGHT = 8;
const COLUMNS = 24 / WIDTH;

function renderPanel({ title, unit, series }: Panel, index: number): object {
  const datasource = { type: 'prometheus', uid: '${datasource}' };
  return {
    id: index + 1,
    type: 'timeseries',
    title,
    datasource,
    gridPos: {
      h: HEIGHT,
      w: WIDTH,
      x: (index % COLUMNS) * WIDTH,
      y: Math.floor(index / COLUMNS) * HEIGHT,
    },
    fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
    options: {
      legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
    targets: series.map(([legendFormat, expr], at) => ({
      datasource,
      expr,
      legendFormat,
      range: true,
      refId: String.fromCharCode('A'.charCodeAt(0) + at),
    })),
  };
}
