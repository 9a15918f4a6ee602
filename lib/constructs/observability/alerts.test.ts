import type { WorkerProps } from '../../index';
import { CronJob, Job, NodeAgent, StatefulService, WebService, Worker } from '../../index';
import type { Chart } from '../../index';
import type { Surroundings } from '../../../test/constructs/rendering';
import { at, problems, rendered } from '../../../test/constructs/rendering';

const AROUND: Surroundings = {
  chart: { namespace: 'shop' },
  profile: {
    ingressClass: 'nginx',
    installed: ['prometheus-operator'],
    prometheus: { ruleSelector: { matchLabels: { release: 'main' } } },
  },
};

const IMAGE = 'acme/app:1.4.2';

function rules(
  make: (chart: Chart) => unknown,
  around = AROUND,
): readonly Readonly<Record<string, unknown>>[] {
  const { object } = rendered(make, around).get({ kind: 'PrometheusRule' });
  return at(object, 'spec.groups.0.rules') as Readonly<Record<string, unknown>>[];
}

const worker = (props: Partial<WorkerProps>) => (chart: Chart) =>
  new Worker(chart, 'api', { image: IMAGE, ...props });

describe('the alerts of a workload', () => {
  it('are one PrometheusRule with the labels that the Prometheus of the profile selects', () => {
    const set = rendered(
      worker({ alerts: ['restarts', { replicas: { at: '90%', severity: 'page' } }] }),
      AROUND,
    );
    const { object } = set.get({ kind: 'PrometheusRule' });
    expect(object.metadata).toEqual({
      name: 'shop-api',
      namespace: 'shop',
      labels: {
        'app.kubernetes.io/name': 'shop-api',
        'app.kubernetes.io/instance': 'shop-api',
        release: 'main',
      },
    });
    expect(at(object, 'spec')).toMatchObject({
      groups: [
        {
          name: 'shop-api',
          rules: [
            { alert: 'ContainerRestarting', for: '1m', labels: { severity: 'warning', namespace: 'shop' } },
            {
              alert: 'ReplicasUnavailable',
              expr: expect.stringMatching(/< 0\.9$/) as string,
              labels: { severity: 'page' },
            },
          ],
        },
      ],
    });
    expect(at(object, 'spec.groups.0.rules.0')).not.toHaveProperty('measure');
  });

  it('meet a selector by expressions', () => {
    const matchExpressions = [
      { key: 'release', operator: 'In', values: ['a', 'b'] },
      { key: 'rules', operator: 'Exists' },
    ];
    const profile = { ...AROUND.profile, prometheus: { ruleSelector: { matchExpressions } } };
    const { object } = rendered(worker({ alerts: ['restarts'] }), { profile }).get({
      kind: 'PrometheusRule',
    });
    expect(object.metadata.labels).toMatchObject({ release: 'a', rules: 'true' });
  });

  it('are an error where their labels keep the Prometheus from selecting them', () => {
    const matchExpressions = [{ key: 'team', operator: 'DoesNotExist' }];
    const profile = { ...AROUND.profile, prometheus: { ruleSelector: { matchExpressions } } };
    const found = problems(worker({ alerts: ['restarts'], labels: { team: 'shop' } }), { profile });
    expect(found).toMatchObject([
      {
        code: 'INVALID_LABEL',
        message: 'Prometheus does not select it: ruleSelector of the profile excludes these labels',
      },
    ]);
  });

  it('need the operator', () => {
    expect(problems(worker({ alerts: ['restarts'] }), { profile: {} })).toMatchObject([
      {
        code: 'MISSING_PROP',
        path: 'installed',
        hint: "Add it to the profile: `installed: ['prometheus-operator']`.",
      },
    ]);
    expect(rules(worker({ alerts: ['restarts'] }), {})).toHaveLength(1);
  });

  it('know limits, claims, autoscalers and certificates of the objects around them', () => {
    const all = rules((chart) => {
      const web = new WebService(chart, 'web', {
        image: IMAGE,
        port: 8080,
        replicas: { min: 2, max: 5, cpu: '70%' },
        resources: { cpu: '100m', memory: { limit: '1Gi' } },
        storage: { '/data': { claim: 'files' } },
        route: { host: 'shop.example', tls: true },
        alerts: ['saturation', 'autoscaler', 'volume', 'certificate'],
      });
      web.addSidecar('proxy', { image: IMAGE, resources: { cpu: { limit: 1 } } });
    });
    const expressions = all.map(({ expr }) => String(expr));
    expect(expressions[0]).toMatch(/resource="memory"[^]*\nor\n[^]*resource="cpu"/);
    expect(expressions[1]).toContain('horizontalpodautoscaler="shop-web"');
    expect(expressions[2]).toContain('persistentvolumeclaim=~"files"');
    expect(expressions[3]).toContain('name=~"shop-web-tls"');
  });

  it('are there for every kind of workload', () => {
    const names = (make: (chart: Chart) => unknown) => rules(make).map(({ alert }) => alert);
    const props = { image: IMAGE, alerts: ['restarts'] } as const;
    expect(names((chart) => new NodeAgent(chart, 'a', { ...props, alerts: ['replicas'] }))).toEqual([
      'ReplicasUnavailable',
    ]);
    expect(names((chart) => new StatefulService(chart, 'a', { ...props, port: 1 }))).toHaveLength(1);
    expect(names((chart) => new Job(chart, 'a', { ...props, alerts: ['failed'] }))).toEqual(['JobFailed']);
    const cron = { ...props, schedule: '@daily', alerts: ['failed'] } as const;
    expect(names((chart) => new CronJob(chart, 'a', cron))).toEqual(['JobFailed']);
  });

  it('of a Job name it as it is called in the cluster', () => {
    const set = rendered((chart) => new Job(chart, 'load', { image: IMAGE, alerts: ['failed'] }), AROUND);
    const { name = '' } = set.get({ kind: 'Job' }).object.metadata;
    const { object } = set.get({ kind: 'PrometheusRule' });
    expect(at(object, 'spec.groups.0.rules.0.expr')).toContain(`job_name=~"${name}"`);
  });

  it('name what a workload lacks', () => {
    expect(problems(worker({ alerts: ['errors', 'saturation', { volume: {} }] }), AROUND)).toMatchObject([
      { code: 'MISSING_PROP', path: 'alerts[1]' },
      { code: 'MISSING_PROP', path: 'alerts[2].volume' },
    ]);
  });

  describe('in PromQL of one’s own', () => {
    const expr = '# orders\nmax(orders_waiting{queue=~"a\\\\.b"})  >   100 \n';

    it('keep every byte', () => {
      const own = { name: 'OrdersStuck', expr, labels: { team: 'shop' }, description: '{{ $value }} wait' };
      expect(rules(worker({ alerts: [own] }))).toEqual([
        {
          alert: 'OrdersStuck',
          expr,
          for: '5m',
          labels: { severity: 'warning', namespace: 'shop', workload: 'shop-api', team: 'shop' },
          annotations: { summary: 'Deployment shop/shop-api: OrdersStuck', description: '{{ $value }} wait' },
        },
      ]);
    });

    it('point to a typo', () => {
      const own = { name: 'OrdersStuck', expr: 'sum(\n  rat(orders[5m])\n) > 1' };
      expect(problems(worker({ alerts: ['restarts', own] }), AROUND)).toMatchObject([
        {
          code: 'INVALID_PROP',
          path: 'alerts[1].expr',
          message: 'invalid PromQL: 2:3: unknown function with name "rat"',
          hint: 'Did you mean "rad"?',
        },
      ]);
    });

    it('point to names that Prometheus does not take', () => {
      const own = { name: 'A', expr: 'up == 0', for: '5', labels: { 'a-b': 'c' } };
      expect(problems(worker({ alerts: [own] }), AROUND)).toMatchObject([
        { path: 'alerts[0].for' },
        { code: 'INVALID_LABEL', path: 'alerts[0].labels.a-b' },
      ]);
      expect(problems(worker({ alerts: [{ name: 'A' }] as never }), AROUND)).toMatchObject([
        { code: 'MISSING_PROP', path: 'alerts[0].expr' },
      ]);
    });

    it('count requests by metrics of one’s own, which are parsed as well', () => {
      const requestMetrics = { requests: 'reqs', failed: 'ok="no"', duration: 'secs' };
      expect(rules(worker({ alerts: ['errors'], requestMetrics }))[0]?.['expr']).toMatch(/reqs\{.*ok="no"\}/);
      const typo = { ...requestMetrics, failed: 'ok=no' };
      expect(problems(worker({ alerts: ['errors'], requestMetrics: typo }), AROUND)).toMatchObject([
        {
          path: 'alerts[0]',
          message: expect.stringContaining('unexpected "no" in label matching') as string,
        },
      ]);
    });
  });

  it('suggest the name that was meant', () => {
    expect(problems(worker({ alerts: ['error', { latencies: {} }] as never }), AROUND)).toMatchObject([
      { path: 'alerts[0]', hint: 'Did you mean "errors"?' },
      { path: 'alerts[1].latencies', hint: 'Did you mean "latency"?' },
    ]);
  });
});
