import * as all from '../../lib';
import {
  App,
  Chart,
  ConfigMap,
  CronJob,
  Environment,
  PersistentVolumeClaim,
  SeaworthyError,
  synth,
  WebService,
  Worker,
} from '../../lib';
import { problems, problemsOf, worker } from './rendering';

/** What is wrong with a WebService called `shop-web` with `props`. */
function told(props: object) {
  return problems((chart) => new WebService(chart, 'web', { image: 'a/b:1', port: 80, ...props }));
}

describe('a prop that there is not', () => {
  it.each<[object, string, string]>([
    [{ replcas: 3 }, 'replcas', 'Did you mean "replicas"?'],
    [{ enviroment: {} }, 'enviroment', ''],
    [{ servce: {} }, 'servce', 'Did you mean "service"?'],
    [{ service: { typ: 'NodePort' } }, 'service.typ', 'Did you mean "type"?'],
    [{ route: { host: 'a.b', pth: '/' } }, 'route.pth', 'Did you mean "path"?'],
    [{ port: { port: 80, protocoll: 'UDP' } }, 'port.protocoll', 'Did you mean "protocol"?'],
    [{ probe: { http: '/', perod: 5 } }, 'probe.perod', 'Did you mean "period"?'],
    [{ probe: { readines: { http: '/' } } }, 'probe.readines', 'Did you mean "readiness"?'],
    [{ probe: { htp: '/' } }, 'probe.htp', 'Did you mean "http"?'],
    [{ probe: { comand: ['ls'] } }, 'probe.comand', 'Did you mean "command"?'],
    [
      { probe: { period: 5 } },
      'probe.period',
      'A probe needs one of { http }, { tcp }, { grpc } or { command }.',
    ],
    [{ security: { runAsUsr: 5 } }, 'security.runAsUsr', 'Did you mean "runAsUser"?'],
    [{ resources: { cpu: { limits: 1 } } }, 'resources.cpu.limits', 'Did you mean "limit"?'],
    [{ storage: { '/x': { temporary: true, siz: '1Gi' } } }, 'storage./x.siz', 'Did you mean "size"?'],
    [
      { sidecars: { proxy: { image: 'a/b:1', comand: [] } } },
      'sidecars.proxy.comand',
      'Did you mean "command"?',
    ],
    [
      { disruptionBudget: { minAvailible: 1, maxUnavailable: 1 } },
      'disruptionBudget.minAvailible',
      'Did you mean "minAvailable"?',
    ],
    [
      { replicas: { max: 3, cpu: '70%', mim: 1 }, resources: { cpu: 1 } },
      'replicas.mim',
      'Did you mean "min"?',
    ],
  ])('is told with what was meant: %j', (props, path, hint) => {
    const [problem, ...more] = told(props);
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ code: 'UNKNOWN_PROP', place: 'shop/web', path });
    expect(problem?.hint).toMatch(hint === '' ? /^Known props: affinity, .*, workingDir\.$/ : hint);
  });

  it('is none where it is undefined', () => {
    expect(told({ replcas: undefined })).toEqual([]);
  });

  it('is one where it is called as something that all objects have', () => {
    expect(told({ constructor: 1, toString: 2 }).map(({ path }) => path)).toEqual([
      'constructor',
      'toString',
    ]);
  });

  it('is told of an App', () => {
    expect(problemsOf(() => synth(new App({ outDir: 'x' } as object)))).toMatchObject([
      { code: 'UNKNOWN_PROP', path: 'outDir', hint: 'Did you mean "outdir"?' },
    ]);
  });
});

describe('a value that cannot be', () => {
  it.each<[object, string, string, string]>([
    [
      { image: 'Acme/api' },
      'INVALID_IMAGE',
      'image',
      'Invalid value: "Acme/api": the repository "Acme/api" must be lower case: "acme/api"',
    ],
    [
      { resources: { cpu: 'much' } },
      'INVALID_QUANTITY',
      'resources.cpu',
      'Invalid value: "much": expected a quantity',
    ],
    [
      { port: 99999 },
      'INVALID_PORT',
      'port.port',
      'Invalid value: 99999: must be between 1 and 65535, inclusive',
    ],
    [
      { name: 'My App', serviceAccount: 'x' },
      'INVALID_NAME',
      'name',
      'Invalid value: "My App": ' +
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
    ],
    [
      { labels: { team: 'a b' }, serviceAccount: 'x' },
      'INVALID_LABEL',
      'labels.team',
      'Invalid value: "team: a b": ' +
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
    ],
    [
      { containerName: 'Main' },
      'INVALID_NAME',
      '',
      'Invalid value: "Main": ' +
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
    ],
    [
      { env: { 'A=B': '' } },
      'INVALID_NAME',
      'env.A=B',
      'Invalid value: "A=B": ' +
        "a valid environment variable name must consist only of printable ASCII characters other than '='",
    ],
    [
      { storage: { '/x': { temporary: true }, '/x/': { claim: 'c' } } },
      'DUPLICATE_NAME',
      'storage./x/',
      'Duplicate value: storage./x is mounted at this path',
    ],
    [{ port: undefined }, 'MISSING_PROP', 'port', 'Required value: a WebService needs a port'],
    [{ image: undefined }, 'MISSING_PROP', 'image', 'Required value: a container needs an image'],
  ])('is told with its place, its field and the rule: %j', (props, code, path, message) => {
    expect(told(props)).toEqual([
      expect.objectContaining({ code, place: 'shop/web', message, ...(path === '' ? {} : { path }) }),
    ]);
  });

  it('is told with the way out', () => {
    expect(told({ resources: { cpu: 'much' } })[0]?.hint).toBe(
      'Quantities look like 250m, 1.5, 256Mi or 2G.',
    );
    expect(told({ image: undefined })[0]?.hint).toBe("Set `image`, such as 'nginx:1.27'.");
    expect(told({ port: undefined })[0]?.hint).toBe(
      'Set `port`, such as 8080; use a Worker for pods that nobody calls.',
    );
    const [cron] = problems((chart) => new CronJob(chart, 'c', { image: 'a/b:1', schedule: '0 25 * * *' }));
    expect(cron).toMatchObject({
      code: 'INVALID_CRON',
      path: 'schedule',
      message: 'Invalid value: "0 25 * * *": the hour "25" must be within 0 to 23',
    });
    expect(cron?.hint).toContain('`0 3 * * *`');
  });
});

describe('everything that is wrong', () => {
  const build = (): App => {
    const app = new App();
    const production = new Environment(app, 'production', { kubernetes: '1.99' });
    const chart = new Chart(production, 'shop', { namespace: 'My Shop' });
    new WebService(chart, 'web', { image: 'A', port: 0, replcas: 1 } as never);
    new Worker(chart, 'worker', { image: 'a/b:1', env: { 'A=B': '' } }).override({
      spec: { replica: 1 } as object,
    });
    const disk = new PersistentVolumeClaim(chart, 'disk', { size: 'big' });
    const settings = new ConfigMap(chart, 'settings', { files: { a: 'no/such/file' } });
    disk.node.addDependency(settings);
    settings.node.addDependency(disk);
    new Worker(chart, 'twin', { image: 'a/b:1', name: 'shop-worker' });
    return app;
  };

  it('is told at once, sorted by place and field', () => {
    const all = problemsOf(() => synth(build()));
    expect(all.map(({ code, place, path }) => [place, path, code].filter(Boolean).join(' '))).toEqual([
      'production profile.kubernetes UNKNOWN_KUBERNETES',
      'production/shop namespace INVALID_NAME',
      'production/shop/disk DEPENDENCY_CYCLE',
      'production/shop/disk size INVALID_QUANTITY',
      'production/shop/settings files.a INPUT_UNREADABLE',
      'production/shop/twin DUPLICATE_IDENTITY',
      'production/shop/twin/service-account DUPLICATE_IDENTITY',
      'production/shop/web image INVALID_IMAGE',
      'production/shop/web port.port INVALID_PORT',
      'production/shop/web replcas UNKNOWN_PROP',
      'production/shop/worker env.A=B INVALID_NAME',
      'production/shop/worker spec.replica UNKNOWN_FIELD',
    ]);
  });

  it('names the line that it comes from', () => {
    for (const { source } of problemsOf(() => synth(build())))
      expect(source).toMatch(/^test\/constructs\/bad-input\.test\.ts:\d+$/);
  });

  it('is one error, which says how many there are', () => {
    expect(() => synth(build())).toThrow(SeaworthyError);
    expect(() => synth(build())).toThrow(/^12 problems:\nproduction profile\.kubernetes: /);
  });

  it('is the same when it is asked again', () => {
    const app = build();
    expect(problemsOf(() => synth(app))).toEqual(problemsOf(() => synth(app)));
  });
});

it('is told of one mistake once', () => {
  expect(
    problems(worker({ env: { 'A=B': '' }, replicas: 3, sidecars: { s: { image: 'a/b:1' } } })),
  ).toHaveLength(1);
});

describe('where a construct is created', () => {
  const [app, chart] = [new App(), new Chart(new App(), 'shop')];
  const made = Object.entries<unknown>(all).filter(([, value]) =>
    /^(?:abstract )?class .*extends/.test(String(value)),
  );
  const classes = made.filter(([name]) => !['App', 'SeaworthyError'].includes(name));
  const create = (value: unknown, ...args: unknown[]) => {
    try {
      return new (value as new (...given: unknown[]) => object)(...args);
    } catch (error) {
      return error;
    }
  };

  it.each(classes)('%s has a scope and an id', (name, value) => {
    expect(create(value, 'api', { image: 'a/b:1' })).toMatchObject({
      problems: [
        {
          code: 'INVALID_PROP',
          path: 'scope',
          message: `Required value: the construct that the ${name} is created in`,
          hint: expect.stringMatching(`^Write new ${name}\\((?:app|chart), 'api', …\\), or`) as unknown,
          source: expect.stringContaining('bad-input.test.ts') as unknown,
        },
      ],
    });
    for (const args of [[undefined, 'api'], [{}, 'api'], []])
      expect(create(value, ...args)).toMatchObject({ problems: [{ path: 'scope' }] });
    for (const args of [[chart], [chart, { image: 'a/b:1' }], [chart, '']])
      expect(create(value, ...args)).toMatchObject({ problems: [{ path: 'id' }] });
  });

  it('is a chart, for an object', () => {
    expect(create(WebService, app, 'api', { image: 'a/b:1' })).toMatchObject({
      problems: [{ path: 'scope', message: 'Invalid value: App: a WebService is created in a chart' }],
    });
    expect(create(Environment, app, 'production')).toBeInstanceOf(Environment);
  });
});
