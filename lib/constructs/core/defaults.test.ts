import { at, only, problems, rendered } from '../../../test/constructs/rendering';
import type { Chart as ChartType, Defaults } from '../../index';
import {
  App,
  Chart,
  CronJob,
  Environment,
  existing,
  Job,
  NodeAgent,
  StatefulService,
  synth,
  WebService,
  Worker,
} from '../../index';

const image = 'a/b:1';

const DEFAULTS: Defaults = {
  labels: { team: 'shop' },
  annotations: { note: 'ours' },
  podLabels: { tier: 'back' },
  podAnnotations: { 'example.com/pods': 'yes' },
  imagePullSecrets: ['registry'],
  resources: { memory: '128Mi' },
  priorityClass: 'customers',
  runtimeClass: existing('RuntimeClass', 'gvisor'),
  nodeSelector: { disk: 'ssd' },
  tolerations: [{ key: 'spot' }],
};

const KINDS: readonly [kind: string, pod: string, make: (chart: ChartType) => unknown][] = [
  ['Deployment', 'spec.template', (chart) => new Worker(chart, 'a', { image })],
  ['StatefulSet', 'spec.template', (chart) => new StatefulService(chart, 'a', { image, port: 1 })],
  ['DaemonSet', 'spec.template', (chart) => new NodeAgent(chart, 'a', { image })],
  ['Job', 'spec.template', (chart) => new Job(chart, 'a', { image })],
  [
    'CronJob',
    'spec.jobTemplate.spec.template',
    (chart) => new CronJob(chart, 'a', { image, schedule: '@daily' }),
  ],
];

describe('the defaults of a chart', () => {
  it.each(KINDS)('hold for a %s', (kind, pod, make) => {
    const object = only(kind, make, { chart: { defaults: DEFAULTS } });
    expect(object.metadata).toMatchObject({ labels: { team: 'shop' }, annotations: { note: 'ours' } });
    expect(at(object, pod)).toMatchObject({
      metadata: { labels: { tier: 'back' }, annotations: { 'example.com/pods': 'yes' } },
      spec: {
        imagePullSecrets: [{ name: 'registry' }],
        priorityClassName: 'customers',
        runtimeClassName: 'gvisor',
        nodeSelector: { disk: 'ssd' },
        tolerations: [{ key: 'spot' }],
        containers: [{ resources: { requests: { memory: '128Mi' } } }],
      },
    });
  });

  it('put their labels on every object of the workload, and on no selector and no claim', () => {
    const defaults = { labels: { team: 'shop', 'app.kubernetes.io/name': 'all' } };
    const build = (chart: ChartType): void => {
      const storage = { '/data': '1Gi' };
      const db = new StatefulService(chart, 'db', { image, port: 1, storage, replicas: 2 });
      new WebService(chart, 'web', { image, port: 80, replicas: 2, route: { host: 'a.b' } }).connectsTo(db);
    };
    const [plain, labelled] = [{}, { defaults }].map((chart) => rendered(build, { chart }));
    for (const { object } of labelled ?? []) expect(object.metadata.labels).toMatchObject({ team: 'shop' });
    const specs = (set: typeof plain) => [...(set ?? [])].map(({ object }) => object['spec']);
    expect(specs(labelled)).toEqual(specs(plain));
  });

  it('give way to the props of a workload: maps by key, anything else as a whole', () => {
    const object = only(
      'Deployment',
      (chart) =>
        new Worker(chart, 'a', {
          image,
          labels: { team: 'api', part: 'a' },
          imagePullSecrets: [],
          resources: { cpu: '1', memory: { request: '1Gi', limit: '2Gi' } },
          priorityClass: 'low',
          nodeSelector: { zone: 'a' },
          tolerations: [{ key: 'gpu' }],
        }),
      { chart: { defaults: DEFAULTS } },
    );
    expect(object.metadata.labels).toMatchObject({ team: 'api', part: 'a' });
    const spec = at(object, 'spec.template.spec');
    expect(spec).toMatchObject({
      priorityClassName: 'low',
      nodeSelector: { zone: 'a', disk: 'ssd' },
      tolerations: [{ key: 'gpu' }],
      containers: [{ resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '2Gi' } } }],
    });
    expect(spec).not.toHaveProperty('imagePullSecrets');
  });

  it('give every container its resources, those that are added later too', () => {
    const object = only(
      'Deployment',
      (chart) =>
        new Worker(chart, 'a', { image, sidecars: { proxy: { image, resources: { cpu: '50m' } } } })
          .addInitContainer('migrate', { image })
          .addContainer('more', { image }),
      { chart: { defaults: { resources: { cpu: '100m' } } } },
    );
    const requests = (path: string) =>
      (at(object, `spec.template.spec.${path}`) as { resources: unknown }[]).map(
        ({ resources }) => resources,
      );
    expect(requests('initContainers')).toEqual([{ requests: { cpu: '50m' } }, { requests: { cpu: '100m' } }]);
    expect(requests('containers')).toEqual([{ requests: { cpu: '100m' } }, { requests: { cpu: '100m' } }]);
  });

  it('count as the request that a percentage needs', () => {
    const replicas = { min: 2, max: 4, cpu: '70%' };
    const make = (chart: ChartType): unknown => new Worker(chart, 'a', { image, replicas });
    expect(problems(make, { chart: { defaults: { resources: { cpu: '100m' } } } })).toEqual([]);
    expect(problems(make).map(({ code }) => code)).toEqual(['MISSING_PROP']);
  });

  it('are reported once where they are wrong, and then do not hold', () => {
    const defaults = {
      labels: { team: 'not valid' },
      resources: { memory: 'lots' },
      imagePullSecrets: ['Registry'],
      priorityClass: existing('Secret', 'a') as never,
    };
    const two = (chart: ChartType): void => {
      new Worker(chart, 'a', { image });
      new Worker(chart, 'b', { image });
    };
    expect(problems(two, { chart: { defaults } }).map(({ place, path }) => `${place} ${path}`)).toEqual([
      'shop defaults.imagePullSecrets[0]',
      'shop defaults.labels.team',
      'shop defaults.priorityClass',
      'shop defaults.resources.memory',
    ]);
    expect(problems(two, { chart: { defaults: { label: { team: 'a' } } as Defaults } })).toMatchObject([
      { code: 'UNKNOWN_PROP', path: 'defaults.label', hint: 'Did you mean "labels"?' },
    ]);
  });
});

it('the nearer defaults win: workload, chart, environment, app', () => {
  const labels = (level: number) =>
    Object.fromEntries(['a', 'b', 'c', 'd'].slice(0, 5 - level).map((key) => [key, String(level)]));
  const app = new App({ defaults: { labels: labels(1), priorityClass: 'app', runtimeClass: 'app' } });
  const environment = new Environment(
    app,
    'production',
    {},
    { defaults: { labels: labels(2), priorityClass: 'env' } },
  );
  const outer = new Chart(environment, 'shop', { defaults: { labels: labels(3) } });
  new Worker(new Chart(outer, 'part'), 'w', { image, labels: labels(4) });
  const { object } = synth(app).get({ kind: 'Deployment' });
  expect(object.metadata.labels).toMatchObject({ a: '4', b: '3', c: '2', d: '1' });
  expect(at(object, 'spec.template.spec')).toMatchObject({
    priorityClassName: 'env',
    runtimeClassName: 'app',
  });
});

it('a label by default on pods cannot contradict the selector', () => {
  const defaults = { podLabels: { 'app.kubernetes.io/name': 'other' } };
  expect(problems((chart) => new Worker(chart, 'a', { image }), { chart: { defaults } })).toMatchObject([
    { place: 'shop/a', code: 'INVALID_LABEL', path: 'podLabels.app.kubernetes.io/name' },
  ]);
});
