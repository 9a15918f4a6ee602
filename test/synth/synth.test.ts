import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App as Cdk8sApp, Chart as Cdk8sChart, Include, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { App, Chart, Environment, keyOf, SeaworthyError, synth, WebService, Worker } from '../../lib/index';
import { installHost } from '../../lib/host';
import type { Problem } from '../../lib/index';

const folder = mkdtempSync(join(tmpdir(), 'seaworthy-synth-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function problemsOf(app: Cdk8sApp): readonly Problem[] {
  try {
    synth(app);
  } catch (error) {
    if (error instanceof SeaworthyError) return error.problems;
    throw error;
  }
  return [];
}

/** A platform team's construct: users never see its `super` call. */
class Api extends WebService {
  constructor(scope: Construct, id: string) {
    super(scope, id, { image: 'api:1', port: 8080 });
  }
}

function helperThatMakesAWorker(scope: Construct): Worker {
  return new Worker(scope, 'by-helper', { image: 'worker:1' });
}

describe('synth', () => {
  test('gives the same set each time, and the same bytes for two apps that are built alike', () => {
    const build = (): App => {
      const app = new App();
      new WebService(new Chart(app, 'shop'), 'api', { image: 'api:1', port: 8080, replicas: 2 });
      return app;
    };
    const app = build();
    expect(synth(app).manifests).toEqual(synth(app).manifests);
    expect(synth(app).toYaml()).toBe(synth(build()).toYaml());
  });

  test('writes nothing', () => {
    const app = new App({ outdir: join(folder, 'nothing') });
    new WebService(new Chart(app, 'shop'), 'api', { image: 'api:1', port: 8080 });
    synth(app);
    expect(existsSync(join(folder, 'nothing'))).toBe(false);
  });

  test('tells everything that is wrong at once, sorted by place, from props to identity', () => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    new WebService(chart, 'z', { image: 'UPPER/case', port: 99999 });
    new WebService(chart, 'a', { image: 'api:1', port: 80, replcas: 3 } as never).override({
      spec: { paused: false, sped: 1 } as object,
    });
    chart.node.addValidation({ validate: () => ['the moon is full'] });
    const problems = problemsOf(app);
    expect(problems.map(({ code, place, path }) => `${code} ${place} ${path ?? ''}`)).toEqual([
      'CONSTRUCT_INVALID shop ',
      'UNKNOWN_PROP shop/a replcas',
      'UNKNOWN_FIELD shop/a spec.sped',
      'INVALID_IMAGE shop/z image',
      'INVALID_PORT shop/z port.port',
    ]);
    expect(problems.every(({ source }) => source?.startsWith('test/synth/synth.test.ts:') === true)).toBe(
      true,
    );
  });

  test('tells of an object that cannot be rendered, and of the others', () => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    new ApiObject(chart, 'odd', { apiVersion: 'v1', kind: 'ConfigMap', data: { at: new Map() } });
    new ApiObject(chart, 'odder', { apiVersion: 'v1', kind: 'ConfigMap', data: { at: new Set() } });
    expect(problemsOf(app).map(({ code, place }) => `${code} ${place}`)).toEqual([
      'RENDER_FAILED shop/odd',
      'RENDER_FAILED shop/odder',
    ]);
  });
});

describe('the origin of a manifest', () => {
  const app = new App();
  const chart = new Chart(new Environment(app, 'staging'), 'shop');
  new WebService(chart, 'web', { image: 'web:1', port: 80 }); // line of 'web'
  new Api(chart, 'api'); // line of 'api'
  helperThatMakesAWorker(chart);
  new ApiObject(chart, 'raw', { apiVersion: 'v1', kind: 'ConfigMap' }); // line of 'raw'
  new kplus.ConfigMap(chart, 'plus'); // line of 'plus'
  const file = join(folder, 'included.yaml');
  writeFileSync(file, 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: included\n');
  new Include(chart, 'include', { url: file }); // line of 'include'

  const lines = new Map(
    [...synth(app)].map(({ origin }) => [origin?.construct ?? '', Number(origin?.source?.split(':')[1])]),
  );
  const first = lines.get('staging/shop/web') ?? 0;

  test('is the line of the user that made it: ours, a subclass, a helper, raw, of cdk8s-plus, included', () => {
    const relative = [...lines].map(([construct, line]) => `${construct} +${line - first}`);
    expect(relative).toEqual([
      'staging/shop/web/service-account +0',
      'staging/shop/web +0',
      'staging/shop/web/service +0',
      'staging/shop/api/service-account +1',
      'staging/shop/api +1',
      'staging/shop/api/service +1',
      expect.stringMatching(/^staging\/shop\/by-helper\/service-account \+-\d+$/) as string,
      expect.stringMatching(/^staging\/shop\/by-helper \+-\d+$/) as string,
      'staging/shop/raw +3',
      'staging/shop/plus +4',
      expect.stringMatching(/^staging\/shop\/include\/.* \+7$/) as string,
    ]);
  });

  test('says chart and environment', () => {
    expect(synth(app).get({ kind: 'Service', name: 'shop-web' }).origin).toMatchObject({
      construct: 'staging/shop/web/service',
      chart: 'shop',
      environment: 'staging',
    });
  });

  test("has no line under cdk8s's own App", () => {
    const other = new Cdk8sApp();
    new WebService(new Cdk8sChart(other, 'shop'), 'web', { image: 'web:1', port: 80 });
    expect(synth(other).get({ kind: 'Service' }).origin).toEqual({
      construct: 'shop/web/service',
      chart: 'shop',
    });
  });
});

describe('cdk8s and cdk8s-plus', () => {
  function fill(chart: Construct): void {
    const config = new kplus.ConfigMap(chart, 'config', {
      metadata: { name: 'config' },
      data: { LEVEL: 'info' },
    });
    const deployment = new kplus.Deployment(chart, 'deployment', {
      metadata: { name: 'deployment' },
      containers: [{ image: 'nginx:1.27', portNumber: 8080 }],
    });
    deployment.exposeViaService({ name: 'service' });
    deployment.node.addDependency(config);
  }

  test('objects come out as cdk8s renders them', () => {
    const ours = new App();
    fill(new Chart(ours, 'chart', { namespace: 'shop' }));
    const theirs = new Cdk8sChart(Testing.app(), 'chart', {
      namespace: 'shop',
      disableResourceNameHashes: true,
    });
    fill(theirs);
    // The address label of cdk8s-plus is a hash of the path, which is the same in both.
    expect([...synth(ours)].map(({ object }) => object)).toEqual(Testing.synth(theirs));
  });

  test('our constructs render alike under their App, through their engine', () => {
    const app = new Cdk8sApp();
    const chart = new Cdk8sChart(app, 'shop', { namespace: 'shop' });
    const config = new kplus.ConfigMap(chart, 'config', { data: { LEVEL: 'info' } });
    new WebService(chart, 'api', {
      image: 'api:1',
      port: 8080,
      replicas: 2,
      env: { LEVEL: keyOf(config, 'LEVEL') },
    });
    const set = synth(app);
    expect(Testing.synth(chart)).toEqual(set.manifests.map(({ object }) => object));
    expect(set.get({ kind: 'Deployment' }).object).toMatchObject({
      spec: {
        template: {
          spec: { containers: [{ env: [{ valueFrom: { configMapKeyRef: { name: config.name } } }] }] },
        },
      },
    });
  });

  test('their engine tells of our problems, too', () => {
    const chart = Testing.chart();
    new WebService(chart, 'api', { image: 'api:1', port: 99999 });
    expect((): unknown => Testing.synth(chart)).toThrow(/INVALID_PORT/);
    const other = Testing.chart();
    new WebService(other, 'api', { image: 'api:1', port: 80, prot: 1 } as never);
    expect((): unknown => Testing.synth(other)).toThrow(/unknown prop "prot"/);
  });
});

describe('App.synth', () => {
  test('writes below the folder of its name, and leaves other apps alone', () => {
    const outdir = join(folder, 'out');
    for (const name of ['one', 'two', 'one']) {
      const app = new App({ name, outdir });
      new Worker(new Chart(new Environment(app, 'staging'), 'jobs'), 'mailer', { image: 'mailer:1' });
      app.synth();
    }
    expect(
      (readdirSync(outdir, { recursive: true }) as string[]).filter((file) => file.endsWith('.yaml')).sort(),
    ).toEqual(['one/staging/jobs.yaml', 'two/staging/jobs.yaml']);
  });

  test('writes nothing when anything is wrong', () => {
    const outdir = join(folder, 'wrong');
    const app = new App({ outdir });
    new Worker(new Chart(app, 'jobs'), 'mailer', { image: '' });
    expect(() => app.synth()).toThrow(/a container needs an image/);
    expect(existsSync(outdir)).toBe(false);
  });

  test('hands its result to a host instead of writing', () => {
    const outdir = join(folder, 'hosted');
    const received: unknown[] = [];
    const removeHost = installHost({ receive: (result) => received.push(result) });
    try {
      const app = new App({ name: 'shop', outdir, layout: 'object' });
      new Worker(new Chart(app, 'jobs'), 'mailer', { image: 'mailer:1' });
      app.synth();
    } finally {
      removeHost();
    }
    expect(received).toEqual([expect.objectContaining({ name: 'shop', outdir, layout: 'object' })]);
    expect(existsSync(outdir)).toBe(false);
  });

  test('tells a host how many objects there are before it renders them', () => {
    const events: unknown[] = [];
    const removeHost = installHost({
      expect: (objects) => events.push(objects),
      receive: ({ manifests }) => events.push(manifests),
    });
    try {
      const app = new App();
      new Worker(new Chart(app, 'jobs'), 'mailer', { image: 'mailer:1' });
      app.synth();
      expect(events).toEqual([synth(app).size, [...synth(app)]]);
    } finally {
      removeHost();
    }
  });

  test('gives one YAML stream with synthYaml', () => {
    const app = new App();
    new Worker(new Chart(app, 'jobs'), 'mailer', { image: 'mailer:1' });
    expect(app.synthYaml()).toBe(synth(app).toYaml());
  });

  test('tells of unknown props and of a name that is no folder', () => {
    const app = new App({ name: 'A b', layuot: 'object' } as never);
    expect(problemsOf(app).map(({ code, path }) => `${code} ${path}`)).toEqual([
      'UNKNOWN_PROP layuot',
      'INVALID_NAME name',
    ]);
  });
});

describe('the namespace of a chart', () => {
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'tenants.acme.example' },
    spec: {
      group: 'acme.example',
      names: { kind: 'Tenant', plural: 'tenants' },
      scope: 'Cluster',
      versions: [
        { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } },
      ],
    },
  };

  /** `kind/name namespace` of every object. */
  const namespaces = (app: App): string[] =>
    [...synth(app)].map(
      ({ id, object }) => `${id.kind} ${id.namespace ?? '-'} ${object.metadata.namespace ?? '-'}`,
    );

  test('is on no object of a cluster-scoped kind: of cdk8s, of cdk8s-plus, or included', () => {
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    new kplus.ClusterRole(chart, 'reader').allowRead(kplus.ApiResource.PODS);
    new ApiObject(chart, 'fast', { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass' });
    new ApiObject(chart, 'own', {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { namespace: 'tools' },
    });
    const file = join(folder, 'volumes.yaml');
    writeFileSync(file, 'apiVersion: v1\nkind: PersistentVolume\nmetadata:\n  name: included\n');
    new Include(chart, 'include', { url: file });
    new kplus.ConfigMap(chart, 'settings');
    expect(namespaces(app)).toEqual([
      'ClusterRole - -',
      'StorageClass - -',
      'PriorityClass - -',
      'PersistentVolume - -',
      'ConfigMap shop shop',
    ]);
  });

  test('is on no custom resource whose definition says Cluster, in any chart and added at any time', () => {
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    new ApiObject(chart, 'tenant', { apiVersion: 'acme.example/v1', kind: 'Tenant' });
    new ApiObject(chart, 'quota', { apiVersion: 'acme.example/v1', kind: 'TenantQuota' });
    new ApiObject(new Chart(app, 'platform', { namespace: 'platform' }), 'definition', definition);
    expect(namespaces(app)).toEqual(['CustomResourceDefinition - -', 'Tenant - -', 'TenantQuota shop shop']);
  });

  test('does not tell two cluster-scoped objects apart', () => {
    const app = new App();
    for (const name of ['shop', 'tools']) {
      const chart = new Chart(app, name, { namespace: name });
      new ApiObject(chart, 'reader', {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: 'reader' },
      });
    }
    expect(problemsOf(app).map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringMatching(
        /^DUPLICATE_IDENTITY ClusterRole reader is defined twice; shop\/reader at /,
      ) as string,
    ]);
  });
});
