import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App as Cdk8sApp, Chart as Cdk8sChart, Include } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import {
  App,
  Chart,
  ConfigMap,
  Environment,
  KubeObject,
  StatefulService,
  synth,
  WebService,
} from '../../lib';

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
