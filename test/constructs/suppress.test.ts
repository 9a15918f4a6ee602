import { readFileSync } from 'node:fs';
import { ApiObject } from 'cdk8s';
import { App, Chart, check, ConfigMap, Environment, suppress, synth, Worker } from '../../lib';
import { only, problems } from './rendering';

const image = 'acme/worker:1';

/** The line of this file that ends with `// needle`, as a suppression would name it. */
function lineOf(needle: string): string {
  const lines = readFileSync(__filename, 'utf8').split('\n');
  return `test/constructs/suppress.test.ts:${lines.findIndex((line) => line.endsWith(`// ${needle}`)) + 1}`;
}

/** A construct of the user's that accepts something of its own. */
class Legacy extends Worker {
  constructor(chart: Chart) {
    super(chart, 'legacy', { image });
    this.suppress('policy/host-path', 'because it reads the disk'); // in a constructor
  }
}

test('a suppression covers every object of its construct, with its reason and its line', () => {
  const chart = new Chart(new App(), 'shop');
  const worker = new Worker(chart, 'worker', { image });
  new ConfigMap(chart, 'other', { immutable: false });
  worker.suppress('policy/image-digest', 'because our registry never moves a tag'); // on a workload
  const suppression = {
    rule: 'policy/image-digest',
    reason: 'because our registry never moves a tag',
    construct: 'shop/worker',
    source: lineOf('on a workload'),
  };
  const said = [...synth(chart.node.root as App)].map(({ id, suppressions }) => [id.kind, suppressions]);
  expect(said).toEqual([
    ['ServiceAccount', [suppression]],
    ['Deployment', [suppression]],
    ['ConfigMap', undefined],
  ]);
});

test('the nearest construct comes first, and all above it count', () => {
  const app = new App();
  const environment = new Environment(app, 'production');
  const chart = new Chart(environment, 'shop').suppress('policy/c', 'because of the chart');
  suppress(environment, 'policy/e', 'because of the environment');
  const map = new ConfigMap(chart, 'map', { immutable: false }).suppress('policy/m', 'because of the map');
  map.object.suppress('policy/o', 'because of the object');
  const { suppressions = [] } = synth(app).get({ kind: 'ConfigMap' });
  expect(suppressions.map(({ rule, construct }) => [rule, construct])).toEqual([
    ['policy/o', 'production/shop/map'],
    ['policy/m', 'production/shop/map'],
    ['policy/c', 'production/shop'],
    ['policy/e', 'production'],
  ]);
});

test('a construct of cdk8s can be suppressed by the function', () => {
  const chart = new Chart(new App(), 'shop');
  const pod = new ApiObject(chart, 'pod', { apiVersion: 'v1', kind: 'Pod' });
  suppress(pod, 'policy/naked-pod', 'because it is a test'); // by the function
  expect(synth(chart.node.root as App).get({ kind: 'Pod' }).suppressions).toMatchObject([
    { construct: 'shop/pod', source: lineOf('by the function') },
  ]);
});

test('it is said where it is written, also in the constructor of a construct', () => {
  const chart = new Chart(new App(), 'shop');
  new Legacy(chart);
  expect(synth(chart.node.root as App).get({ kind: 'Deployment' }).suppressions).toMatchObject([
    { source: lineOf('in a constructor') },
  ]);
});

test.each(['', '  ', undefined])('a suppression without a reason is a problem: %j', (reason) => {
  const build = (chart: Chart): unknown =>
    new Worker(chart, 'worker', { image }).suppress('policy/image-tag', reason as string);
  expect(problems(build)).toMatchObject([
    {
      code: 'MISSING_PROP',
      path: 'suppress',
      message: 'Required value: policy/image-tag is suppressed without a reason',
    },
  ]);
});

test('nothing of it is written into the object', () => {
  const build = (chart: Chart): unknown =>
    new ConfigMap(chart, 'map', { name: 'map', immutable: false }).suppress('policy/m', 'because');
  expect(only('ConfigMap', build)).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'map' },
  });
});

test('check hears of it, and tells of it when it has become needless', () => {
  const build = (image: string): string[] => {
    const chart = new Chart(new App(), 'shop');
    new Worker(chart, 'worker', { image }).suppress(
      'policy/image-tag',
      'because it follows the nightly build',
    );
    const found = check(synth(chart.node.root as App)).map(({ rule }) => rule);
    return found.filter((rule) => rule === 'policy/image-tag' || rule.startsWith('suppression/'));
  };
  expect(build('acme/worker:latest')).toEqual([]);
  expect(build('acme/worker:1')).toEqual(['suppression/unused']);
});
