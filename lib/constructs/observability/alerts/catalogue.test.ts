import type { UnplacedProblem } from '../../core/problems';
import type { KubeObject } from '../../../manifest/manifest';
import { promqlProblems } from '../../../promql/check';
import { requestMetrics, type RequestMetricsConvention } from '../request-metrics';
import { alertTarget } from '../target';
import type { AlertOptions, AlertTarget } from './alert';
import { ALERT_NAMES, alertRule, CATALOGUE, type AlertName } from './catalogue';

const LIMITS = { resources: { limits: { memory: '1Gi', cpu: '1' } } };

function workload(kind: string, spec: object, namespace?: string): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: 'shop-api', ...(namespace === undefined ? {} : { namespace }) },
    spec,
  };
}

const others: KubeObject[] = [
  { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'shop-api' } },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'shop-api' },
    spec: { tls: [{ hosts: ['shop.example'], secretName: 'shop.example-tls' }] },
  },
];

function target(
  kind = 'Deployment',
  namespace: string | null = 'shop',
  convention?: RequestMetricsConvention,
) {
  const pod = {
    containers: [{ name: 'api', ...LIMITS }],
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'files' } }],
  };
  const template = { spec: pod };
  const spec = kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { template };
  return alertTarget(workload(kind, spec, namespace ?? undefined), others, requestMetrics(convention));
}

function rule(name: AlertName, of: AlertTarget = target(), options: AlertOptions = {}) {
  const found: UnplacedProblem[] = [];
  const alert = alertRule(name, of, options, (problem) => found.push(problem));
  return { alert, found: found.map(({ code, path, message }) => `${code} ${path ?? ''}: ${message}`) };
}

describe('the ready-made alerts', () => {
  const kinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout', 'Job', 'CronJob'];
  const conventions = ['prometheus', 'opentelemetry', 'grpc'] as const;

  it.each(ALERT_NAMES)('"%s" is PromQL, for every kind that can have it', (name) => {
    const made = kinds.flatMap((kind) =>
      ['shop', null].flatMap((namespace) =>
        conventions.map((convention) => rule(name, target(kind, namespace, convention)).alert),
      ),
    );
    const written = made.filter((alert) => alert !== undefined);
    expect(written.flatMap(({ expr }) => promqlProblems(expr))).toEqual([]);
    expect(written.length).toBeGreaterThan(5);
    expect(CATALOGUE[name].alert).toBe(written[0]?.alert);
  });

  it('measure what they fire on', () => {
    for (const name of ALERT_NAMES) {
      const { alert } = rule(name, target(name === 'failed' ? 'Job' : 'Deployment'));
      expect(alert?.expr).toBe(
        `${alert?.measure.query ?? ''}\n${alert?.measure.fires ?? ''} ${alert?.measure.threshold ?? ''}`,
      );
    }
  });

  it('are about the pods of the workload, and no others', () => {
    expect(rule('errors').alert?.expr).toBe(
      [
        'sum (rate(http_requests_total{namespace="shop", pod=~"shop-api-[b-df-hj-np-tv-xz2-9]+-[b-df-hj-np-tv-xz2-9]{5}", code=~"5.."}[5m]))',
        '/',
        'sum (rate(http_requests_total{namespace="shop", pod=~"shop-api-[b-df-hj-np-tv-xz2-9]+-[b-df-hj-np-tv-xz2-9]{5}"}[5m]))',
        '> 0.05',
      ].join('\n'),
    );
  });

  it('tell the namespaces apart where whoever applies them chooses one', () => {
    const { alert } = rule('volume', target('StatefulSet', null));
    expect(alert?.labels).toEqual({ severity: 'warning', workload: 'shop-api' });
    expect(alert?.measure.query).toBe(
      'max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_used_bytes{persistentvolumeclaim=~"files"})\n/\n' +
        'max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_capacity_bytes{persistentvolumeclaim=~"files"})',
    );
    expect(alert?.annotations['summary']).toMatch(/^StatefulSet {{ \$labels.namespace }}\/shop-api: /);
  });

  it('take the thresholds that are set', () => {
    const options = { at: '33.3%', for: '2m', severity: 'page', over: '1h', runbook: 'https://wiki.example' };
    expect(rule('errors', target(), options).alert).toMatchObject({
      for: '2m',
      labels: { severity: 'page' },
      annotations: {
        summary: 'Deployment shop/shop-api: more than 33.3% of its requests fail',
        description: '{{ $value | humanizePercentage }} of the requests failed in the last 1h.',
        runbook_url: 'https://wiki.example',
      },
      measure: { fires: '>', threshold: 0.333 },
    });
    expect(rule('latency', target(), { at: '250ms', quantile: 0.5 }).alert?.expr).toMatch(
      /^histogram_quantile\(0\.5, .* 0\.25$/s,
    );
    expect(rule('certificate', target(), { at: '21d' }).alert?.measure.threshold).toBe(21 * 86_400);
  });

  it.each<[AlertName, AlertOptions, string]>([
    ['errors', { at: 0.05 }, 'INVALID_PROP at: Invalid value: 0.05: expected a percentage'],
    ['errors', { at: '5s' }, 'INVALID_PROP at: Invalid value: "5s": expected a percentage'],
    [
      'latency',
      { at: '1 second' },
      'INVALID_PROP at: Invalid value: "1 second": expected a duration of Prometheus',
    ],
    ['latency', { at: 1 }, 'INVALID_PROP at: Invalid value: 1: expected a duration'],
    [
      'latency',
      { quantile: 95 },
      'INVALID_PROP quantile: Invalid value: 95: must be greater than 0 and less than 1',
    ],
    ['restarts', { at: '3' }, 'INVALID_PROP at: Invalid value: "3": expected a number'],
    ['restarts', { for: '5 m' }, 'INVALID_PROP for: Invalid value: "5 m": expected a duration of Prometheus'],
    [
      'restarts',
      { over: '1.5h' },
      'INVALID_PROP over: Invalid value: "1.5h": expected a duration of Prometheus',
    ],
  ])('"%s" refuses %j', (name, options, message) => {
    expect(rule(name, target(), options).found).toEqual([message]);
  });

  it('name what the workload lacks', () => {
    const bare = alertTarget(workload('Deployment', {}), [], requestMetrics());
    const lacking = ALERT_NAMES.filter((name) => rule(name, bare).alert === undefined);
    expect(lacking).toEqual(['saturation', 'autoscaler', 'volume', 'failed', 'certificate']);
    expect(rule('replicas', target('Job')).found).toEqual([
      'MISSING_PROP : Required value: the alert "replicas" needs pods that run all the time',
    ]);
  });

  it('look at the certificates that are named', () => {
    const bare = alertTarget(workload('Deployment', {}), [], requestMetrics());
    expect(rule('certificate', bare, { names: ['edge', 'shop.example'] }).alert?.expr).toContain(
      '{name=~"edge|shop[.]example"}',
    );
  });

  it('know the claims of each replica, and the autoscaler that KEDA makes', () => {
    const spec = { volumeClaimTemplates: [{ metadata: { name: 'data' } }], template: { spec: {} } };
    const scaler = { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', metadata: { name: 'shop-api' } };
    const of = alertTarget(workload('StatefulSet', spec), [scaler], requestMetrics());
    expect(rule('volume', of).alert?.expr).toContain('persistentvolumeclaim=~"data-shop-api-[0-9]+"');
    expect(rule('autoscaler', of).alert?.expr).toContain('horizontalpodautoscaler="keda-hpa-shop-api"');
  });

  it('count the Jobs of a CronJob that failed after its last success', () => {
    expect(rule('failed', target('CronJob')).alert?.measure.query).toBe(
      'count (kube_job_failed{namespace="shop", job_name=~"shop-api-[0-9]+", condition="true"} == 1 unless on (namespace, job_name) ' +
        '(kube_job_status_start_time{namespace="shop", job_name=~"shop-api-[0-9]+"} < on () group_left () ' +
        'max (kube_cronjob_status_last_successful_time{namespace="shop", cronjob="shop-api"})))',
    );
  });
});
