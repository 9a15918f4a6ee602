import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { ApiObject, App as Cdk8sApp, Chart as Cdk8sChart, Include } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { ClusterProfile } from '../../lib';
import {
  App,
  Chart,
  check,
  ConfigMap,
  Environment,
  KubeObject,
  StatefulService,
  synth,
  WebService,
  Worker,
} from '../../lib';
import { problemsOf } from './rendering';

/** The line of this file that `needle` stands in, as a problem would name it. */
function lineOf(needle: string): string {
  const lines = readFileSync(__filename, 'utf8').split('\n');
  const found = lines.flatMap((line, index) => (line.includes(`// ${needle}`) ? [index + 1] : []));
  expect(found).toHaveLength(1);
  return `test/constructs/origin.test.ts:${found[0]}`;
}

/** Where each object says it was made, by kind and name. */
function sources(app: Cdk8sApp): Record<string, string | undefined> {
  return Object.fromEntries(
    [...synth(app)].map(({ id, origin }) => [`${id.kind} ${id.name}`, origin?.source]),
  );
}

/** From where the function was called that made each object, by kind and name. */
function callers(app: Cdk8sApp): Record<string, readonly string[] | undefined> {
  return Object.fromEntries(
    [...synth(app)].map(({ id, origin }) => [`${id.kind} ${id.name}`, origin?.calledFrom]),
  );
}

const image = 'a/b:1';

class Shop extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new ConfigMap(this, 'inner', { immutable: false }); // made in a chart of the user's
  }
}

/** A subclass that adds an object of its own. */
class Audited extends WebService {
  constructor(scope: Construct, id: string) {
    super(scope, id, { image, port: 80 });
    new ConfigMap(this, 'audit', { immutable: false }); // made in a subclass of the user's
  }
}

/** A construct of a platform team. */
class Platform extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new ConfigMap(this, 'settings', { immutable: false }); // made in a construct of a platform
  }
}

function web(chart: Chart, id: string): WebService {
  return new WebService(chart, id, { image, port: 80 }); // made in a helper
}

function pair(chart: Chart, id: string): void {
  [`${id}-a`, `${id}-b`].forEach((each) => {
    web(chart, each); // called in a loop of a helper
  });
}

/** A chart of the user's with a method, and a parent with objects of its own. */
class Base extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new ConfigMap(this, 'base', { immutable: false });
  }
}

class Helping extends Base {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.addWeb(); // a method is called
    new ConfigMap(this, 'own', { immutable: false });
  }

  addWeb(): void {
    web(this, 'web'); // a method calls
  }
}

function helped(chart: Chart): void {
  new ConfigMap(chart, 'helped', { immutable: false }); // made in a function of the user's
}

describe('the line that made an object', () => {
  it('is that of our construct, for everything it is made of', () => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    new WebService(chart, 'web', { image, port: 80, replicas: 2, route: { host: 'a.b' } }); // a WebService
    expect(sources(app)).toEqual({
      'ServiceAccount shop-web': lineOf('a WebService'),
      'Deployment shop-web': lineOf('a WebService'),
      'Service shop-web': lineOf('a WebService'),
      'PodDisruptionBudget shop-web': lineOf('a WebService'),
      'Ingress shop-web': lineOf('a WebService'),
    });
  });

  it('is that of a raw object, ours and that of cdk8s', () => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    new ApiObject(chart, 'pod', { apiVersion: 'v1', kind: 'Pod' }); // an ApiObject
    new KubeObject(chart, 'w', { apiVersion: 'x.example/v1', kind: 'W', content: () => ({}) }); // a KubeObject
    expect(sources(app)).toEqual({
      'Pod shop-pod': lineOf('an ApiObject'),
      'W shop-w': lineOf('a KubeObject'),
    });
  });

  it('is that of a construct of cdk8s-plus, whatever it makes inside', () => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    const app1 = new kplus.Deployment(chart, 'app', { containers: [{ image, portNumber: 80 }] }); // a kplus Deployment
    app1.exposeViaService(); // a kplus Service
    expect(sources(app)).toEqual({
      'Deployment shop-app': lineOf('a kplus Deployment'),
      'Service shop-app-service': lineOf('a kplus Service'),
    });
  });

  it('is that of an Include, for each object in it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'seaworthy-include-'));
    const url = join(folder, 'pods.yaml');
    writeFileSync(
      url,
      ['a', 'b'].map((name) => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\n`).join('---\n'),
    );
    try {
      const app = new App();
      const chart = new Chart(app, 'shop');
      new Include(chart, 'pods', { url }); // an Include
      expect(sources(app)).toEqual({ 'Pod a': lineOf('an Include'), 'Pod b': lineOf('an Include') });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is inside the functions, charts and subclasses that the user writes', () => {
    const app = new App();
    const chart = new Shop(app, 'shop');
    helped(chart);
    new Audited(chart, 'web'); // a subclass of the user's
    expect(sources(app)).toEqual({
      'ConfigMap shop-inner': lineOf("made in a chart of the user's"),
      'ConfigMap shop-helped': lineOf("made in a function of the user's"),
      'ConfigMap shop-web-audit': lineOf("made in a subclass of the user's"),
      'ServiceAccount shop-web': lineOf("a subclass of the user's"),
      'Deployment shop-web': lineOf("a subclass of the user's"),
      'Service shop-web': lineOf("a subclass of the user's"),
    });
  });

  it('is that of the call that adds an object later', () => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    const db = new StatefulService(chart, 'db', { image, port: 5432 });
    new WebService(chart, 'web', { image, port: 80 }).connectsTo(db); // a connection
    const made = sources(app);
    expect(made['NetworkPolicy shop-web']).toBe(lineOf('a connection'));
    expect(made['NetworkPolicy shop-db']).toBe(lineOf('a connection'));
  });
});

describe('the lines that called what made an object', () => {
  it('are those of a helper, for everything that the construct is made of', () => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    web(chart, 'one'); // a helper is called
    web(chart, 'two'); // another call of a helper
    const from = callers(app);
    expect(from['Deployment shop-one']).toEqual([lineOf('a helper is called')]);
    expect(from['Service shop-one']).toEqual([lineOf('a helper is called')]);
    expect(from['Deployment shop-two']).toEqual([lineOf('another call of a helper')]);
    expect(sources(app)['Deployment shop-two']).toBe(lineOf('made in a helper'));
  });

  it('go through helpers that call helpers, loops in them too', () => {
    const app = new App();
    pair(new Chart(app, 'shop'), 'x'); // a pair
    expect(callers(app)['Deployment shop-x-b']).toEqual([
      lineOf('called in a loop of a helper'),
      lineOf('a pair'),
    ]);
  });

  it('are that of a construct of the user, and end with the constructor of a chart', () => {
    const app = new App();
    const chart = new Helping(app, 'shop');
    new Platform(chart, 'platform'); // a construct of a platform is made
    const from = callers(app);
    expect(from['ConfigMap shop-platform-settings']).toEqual([lineOf('a construct of a platform is made')]);
    expect(from['Deployment shop-web']).toEqual([lineOf('a method calls'), lineOf('a method is called')]);
    expect(from['ConfigMap shop-base']).toBeUndefined();
    expect(from['ConfigMap shop-own']).toBeUndefined();
  });

  it('are none in the function that makes the app, the environment or the chart', () => {
    function main(): Cdk8sApp {
      const app = new App();
      const chart = new Chart(new Environment(app, 'production'), 'shop');
      const fill = (build: (to: Chart) => void, _: object): void => build(chart);
      new ConfigMap(chart, 'settings', { immutable: false });
      for (const id of ['a', 'b']) new ConfigMap(chart, id, { immutable: false });
      ['c'].forEach((id) => new ConfigMap(chart, id, { immutable: false }));
      fill((each) => void new ConfigMap(each, 'd', { immutable: false }), { namespace: chart.namespace });
      return app;
    }
    expect(Object.values(callers(main()))).toEqual(new Array(5).fill(undefined));
  });

  it('stand in a problem behind the line', () => {
    const app = new App();
    const broken = (chart: Chart): unknown => new WebService(chart, 'Web!', { image: '' });
    broken(new Chart(app, 'shop')); // a broken one
    expect(() => synth(app)).toThrow(`, called from ${lineOf('a broken one')}`);
  });
});

describe('the origin of an object', () => {
  it('says construct, chart and environment', () => {
    const app = new App();
    const chart = new Chart(new Chart(new Environment(app, 'production'), 'shop'), 'cart');
    new ConfigMap(chart, 'settings', { immutable: false });
    expect([...synth(app)][0]?.origin).toMatchObject({
      construct: 'production/shop/cart/settings',
      chart: 'shop/cart',
      environment: 'production',
    });
  });

  it('has no line in an app of cdk8s', () => {
    const app = new Cdk8sApp();
    new ConfigMap(new Cdk8sChart(app, 'shop'), 'settings', { immutable: false });
    expect([...synth(app)][0]?.origin).toEqual({ construct: 'shop/settings', chart: 'shop' });
  });

  it('has no line in an app of cdk8s that comes after one of ours', () => {
    synth(new App());
    const app = new Cdk8sApp();
    new ConfigMap(new Cdk8sChart(app, 'shop'), 'settings', { immutable: false });
    expect([...synth(app)][0]?.origin).not.toHaveProperty('source');
  });

  it('leaves no trace in the YAML', () => {
    const app = new App();
    new ConfigMap(new Chart(app, 'shop'), 'settings', { immutable: false });
    expect(synth(app).toYaml()).toBe('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop-settings\n');
  });
});

it('gives a grant the line of its call, and its objects that of the first one', () => {
  const app = new App();
  const worker = new Worker(new Chart(app, 'shop'), 'app', { image });
  worker
    .grant('get', 'pods') // first grant
    .grant('list', 'pods');
  expect(sources(app)).toMatchObject({
    'Role shop-app': lineOf('first grant'),
    'RoleBinding shop-app': lineOf('first grant'),
  });
  worker.grant('gets', 'pods'); // wrong grant
  expect(problemsOf(() => synth(app))).toMatchObject([{ source: lineOf('wrong grant') }]);
});

test('code without a file, as Bun has it for constructors that a class does not write, is not its line', () => {
  const app = new App();
  const chart = new Chart(app, 'chart');
  const make = runInThisContext('(create) => create()', { filename: '' }) as (create: () => void) => void;
  const create = runInThisContext('(Kind, chart) => new Kind(chart, "a", { immutable: false })', {
    filename: '',
  }) as (Kind: typeof ConfigMap, scope: Chart) => void;
  make(() => create(ConfigMap, chart)); // made through code without a file
  expect(Object.values(sources(app))).toEqual([lineOf('made through code without a file')]);
});

describe('a finding about a call that a policy forbids', () => {
  const deny = (chart: Chart, apiVersion: string, kind: string, spec: object): unknown =>
    new ApiObject(new Cdk8sChart(chart, 'x'), 'deny', {
      apiVersion,
      kind,
      metadata: { name: 'deny', namespace: 'shop' },
      spec,
    });
  const client = (chart: Chart): unknown => {
    const db = new StatefulService(chart, 'db', { image, port: 5432 });
    return new Worker(chart, 'w', { image, env: { DB: db.address } });
  };
  it.each<[string, ClusterProfile, (chart: Chart) => unknown]>([
    [
      'of Kubernetes',
      {},
      (chart) => {
        client(chart);
        deny(chart, 'networking.k8s.io/v1', 'NetworkPolicy', { podSelector: {}, policyTypes: ['Ingress'] });
      },
    ],
    [
      'of Kubernetes, by KEDA',
      { installed: ['keda'] },
      (chart) => {
        const db = new StatefulService(chart, 'db', { image, port: 6379 });
        const on = [{ redis: { address: 'shop-db.shop:6379', list: 'orders', length: 5 } }];
        const worker = new Worker(chart, 'w', { image, replicas: { max: 3, on } });
        worker.connectsTo(db);
      },
    ],
    [
      'of the mesh',
      { mesh: 'istio' },
      (chart) => {
        client(chart);
        deny(chart, 'security.istio.io/v1', 'AuthorizationPolicy', { action: 'DENY', rules: [{}] });
      },
    ],
  ])('names the lines of both: a policy %s', (_, profile, build) => {
    const environment = new Environment(new App(), 'production', profile);
    build(new Chart(environment, 'shop', { namespace: 'shop' }));
    const set = synth(environment.node.root as App);
    const [found] = check(set).filter(({ rule }) => rule === 'wiring/connection-blocked');
    const line = /origin\.test\.ts:\d+/;
    expect(found?.origin?.source).toMatch(line);
    expect(found?.hint).toMatch(line);
    expect(found?.hint).not.toContain(found?.origin?.source);
  });
});
