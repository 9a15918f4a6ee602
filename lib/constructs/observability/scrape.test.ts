import type { Chart, ClusterProfile, ScrapedProps, WebServiceProps } from '../../index';
import { NodeAgent, StatefulService, WebService, Worker } from '../../index';
import { at, faults, problems, rendered } from '../../../test/constructs/rendering';

const IMAGE = 'acme/app:1.4.2';

const PROFILE: ClusterProfile = {
  installed: ['prometheus-operator'],
  monitoring: { namespace: 'ops', podLabels: { app: 'prometheus' } },
  prometheus: {
    serviceMonitorSelector: { matchLabels: { release: 'services' } },
    podMonitorSelector: { matchLabels: { release: 'pods' } },
  },
};

const AROUND = { chart: { namespace: 'shop' }, profile: PROFILE };

const web = (props: Partial<WebServiceProps>) => (chart: Chart) =>
  new WebService(chart, 'web', { image: IMAGE, ports: { http: 8080, metrics: 9090 }, ...props });
const worker =
  (scrape: ScrapedProps['scrape'], ports: object = { metrics: 9090 }) =>
  (chart: Chart) =>
    new Worker(chart, 'app', { image: IMAGE, ports, scrape } as never);

describe('what Prometheus reads', () => {
  it('is a ServiceMonitor where there is a Service', () => {
    const { object } = rendered(web({ scrape: 'metrics' }), AROUND).get({ kind: 'ServiceMonitor' });
    expect(object).toMatchObject({
      apiVersion: 'monitoring.coreos.com/v1',
      metadata: { name: 'shop-web', namespace: 'shop', labels: { release: 'services' } },
    });
    expect(object['spec']).toEqual({
      selector: {
        matchLabels: { 'app.kubernetes.io/name': 'shop-web', 'app.kubernetes.io/instance': 'shop-web' },
      },
      endpoints: [{ port: 'metrics' }],
    });
  });

  it('is a PodMonitor where there is none, or none with the port', () => {
    const set = rendered(worker({ path: '/m' }), AROUND);
    const { object } = set.get({ kind: 'PodMonitor' });
    expect(object.metadata.labels).toMatchObject({ release: 'pods' });
    expect(at(object, 'spec.podMetricsEndpoints')).toEqual([{ port: 'metrics', path: '/m' }]);
    const agent = (chart: Chart) => new NodeAgent(chart, 'a', { image: IMAGE, port: 9100, scrape: {} });
    expect(
      at(rendered(agent, AROUND).get({ kind: 'PodMonitor' }).object, 'spec.podMetricsEndpoints'),
    ).toEqual([{ port: 'main' }]);
    const balanced = web({ scrape: 'metrics', service: { type: 'LoadBalancer' } });
    expect(rendered(balanced, AROUND).find({ kind: 'PodMonitor' })).toHaveLength(1);
  });

  it('is the exporter beside the main container, by its Service where that leads there', () => {
    const exporter = { image: 'acme/exporter:1', port: { name: 'exporter', port: 9187 } };
    const db = (chart: Chart) =>
      new StatefulService(chart, 'db', {
        image: IMAGE,
        port: 5432,
        sidecars: { exporter },
        scrape: 'exporter',
      });
    const pods = rendered(db, AROUND).get({ kind: 'PodMonitor' }).object;
    expect(at(pods, 'spec.podMetricsEndpoints')).toEqual([{ port: 'exporter' }]);
    const service = { ports: ['http', 'exporter'] };
    const served = web({ containers: { exporter }, service, scrape: 'exporter' });
    expect(rendered(served, AROUND).find({ kind: 'ServiceMonitor' })).toHaveLength(1);
    const annotated = rendered(db, { chart: { namespace: 'shop' } }).get({ kind: 'StatefulSet' }).object;
    expect(at(annotated, 'spec.template.metadata.annotations')).toMatchObject({
      'prometheus.io/port': '9187',
    });
  });

  it('says all that there is to say', () => {
    const relabel = [{ action: 'labeldrop', regex: 'a' }] as const;
    const more = { interval: '15s', timeout: '10s', scheme: 'https', honorLabels: true } as const;
    const scrape = [{ port: 'http', path: '/m', relabel, metricRelabel: relabel, ...more }, 'metrics'];
    const { object } = rendered(web({ scrape }), AROUND).get({ kind: 'ServiceMonitor' });
    expect(at(object, 'spec.endpoints')).toEqual([
      {
        port: 'http',
        path: '/m',
        interval: '15s',
        scrapeTimeout: '10s',
        scheme: 'https',
        honorLabels: true,
        relabelings: relabel,
        metricRelabelings: relabel,
      },
      { port: 'metrics' },
    ]);
  });

  it('reads each pod once where several Services lead to it', () => {
    const { object } = rendered((chart) => {
      const db = new StatefulService(chart, 'db', {
        image: IMAGE,
        ports: { http: 1, metrics: 9090 },
        scrape: 'metrics',
      });
      db.expose('public', { ports: ['http', 'metrics'] });
    }, AROUND).get({ kind: 'ServiceMonitor' });
    expect(at(object, 'spec.endpoints.0.relabelings')).toEqual([
      { action: 'keep', sourceLabels: ['__meta_kubernetes_service_name'], regex: 'shop-db' },
    ]);
  });

  it('is annotations of the pods where there is no operator', () => {
    const made = (scrape: ScrapedProps['scrape']) =>
      rendered(worker(scrape), { profile: {} }).get({ kind: 'Deployment' }).object;
    expect(at(made('metrics'), 'spec.template.metadata.annotations')).toEqual({
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': '9090',
    });
    expect(at(made({ path: '/m', scheme: 'https' }), 'spec.template.metadata.annotations')).toMatchObject({
      'prometheus.io/path': '/m',
      'prometheus.io/scheme': 'https',
    });
    const hint =
      "Set `installed: ['prometheus-operator']` in the profile, where the cluster has the operator.";
    expect(problems(worker({ interval: '15s' }), { profile: {} })).toMatchObject([
      { code: 'INVALID_PROP', path: 'scrape.interval', hint },
    ]);
    expect(problems(worker(['metrics', 'metrics']), { profile: {} })).toMatchObject([
      { path: 'scrape', hint },
    ]);
  });

  describe('under policies', () => {
    const policy = (make: (chart: Chart) => unknown, isolated = false) =>
      rendered(make, { ...AROUND, chart: { namespace: 'shop', isolated } })
        .find({ kind: 'NetworkPolicy' })
        .map(({ object }) => object)
        .find(({ metadata }) => metadata.name === 'shop-web');
    const prometheus = {
      from: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } },
          podSelector: { matchLabels: { app: 'prometheus' } },
        },
      ],
      ports: [{ protocol: 'TCP', port: 9090 }],
    };

    it('makes none', () => {
      expect(policy(web({ scrape: 'metrics' }))).toBeUndefined();
    });

    it('lets the Prometheus of the profile in, at that port alone', () => {
      expect(at(policy(web({ scrape: 'metrics' }), true), 'spec.ingress')).toEqual([prometheus]);
      const called = policy((chart) => {
        const client = new Worker(chart, 'client', { image: IMAGE });
        client.connectsTo(web({ scrape: 'metrics' })(chart), { port: 'http' });
      });
      expect(at(called, 'spec.ingress')).toHaveLength(2);
      expect(at(called, 'spec.ingress')).toContainEqual(prometheus);
    });

    it('does not restrict who may call, where only calls of its own are', () => {
      const calling = policy((chart) => {
        const db = new Worker(chart, 'db', { image: IMAGE, port: 5432 });
        web({ scrape: 'metrics' })(chart).connectsTo(db);
      });
      expect(at(calling, 'spec.policyTypes')).toEqual(['Egress']);
    });

    it('needs to know where Prometheus is', () => {
      const around = {
        chart: { namespace: 'shop', isolated: true },
        profile: { ...PROFILE, monitoring: undefined },
      };
      expect(problems(web({ scrape: 'metrics' }), around as never)).toMatchObject([
        {
          code: 'MISSING_PROP',
          path: 'scrape',
          hint: "Set `monitoring: { namespace: '…' }` in the profile.",
        },
      ]);
    });
  });

  it.each<[ScrapedProps['scrape'], object, string]>([
    ['metric', { metrics: 1 }, 'INVALID_PORT scrape.port'],
    [{}, { http: 1, admin: 2 }, 'MISSING_PROP scrape.port'],
    [{}, {}, 'MISSING_PROP scrape.port'],
    ['metrics', { metrics: { port: 1, protocol: 'UDP' } }, 'INVALID_PORT scrape.port'],
    [{ path: 'metrics' }, { metrics: 1 }, 'INVALID_PROP scrape.path'],
    [{ interval: '15' }, { metrics: 1 }, 'INVALID_PROP scrape.interval'],
    [{ interval: '5s', timeout: '10s' }, { metrics: 1 }, 'INVALID_PROP scrape.timeout'],
  ])('refuses %j of ports %j', (scrape, ports, fault) => {
    expect(faults(worker(scrape, ports), AROUND)).toEqual([fault]);
  });
});
