import { ApiObject, App as Cdk8sApp, Chart as Cdk8sChart } from 'cdk8s';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { App, Chart, ConfigMap, Environment, Namespace, SeaworthyError, synth } from '../../lib/index';
import { effort } from '../effort';

/** An object of no importance, called as its id. */
function object(scope: Construct, id: string, kind = 'ConfigMap'): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind, metadata: { name: id } });
}

function names(app: Cdk8sApp): string[] {
  return [...synth(app)].map(({ id }) => id.name);
}

function problemsOf(build: () => unknown): SeaworthyError['problems'] {
  try {
    build();
  } catch (error) {
    if (error instanceof SeaworthyError) return error.problems;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('the order of a set', () => {
  test('is that of creation where nothing depends on anything', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    for (const id of ['c', 'a', 'b', '10', '9']) object(chart, id);
    // JavaScript keeps keys that are numbers in front, and constructs keeps children by key.
    expect(names(app)).toEqual(['9', '10', 'c', 'a', 'b']);
  });

  test('puts what is depended on first, and moves nothing else', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    const [a, , c] = ['a', 'b', 'c', 'd'].map((id) => object(chart, id));
    a?.addDependency(c ?? chart);
    expect(names(app)).toEqual(['c', 'a', 'b', 'd']);
  });

  test('holds for every object below constructs and charts that depend on each other', () => {
    const app = new App();
    const [late, early] = ['late', 'early'].map((id) => new Chart(app, id));
    const group = new Construct(late ?? app, 'group');
    object(group, 'late-1');
    object(group, 'late-2');
    object(late ?? app, 'free');
    object(early ?? app, 'early-1');
    object(new Construct(early ?? app, 'deep'), 'early-2');
    group.node.addDependency(early ?? app);
    expect(names(app)).toEqual(['early-1', 'early-2', 'late-1', 'late-2', 'free']);
  });

  test('lets a chart depend on one of its own objects: the rest comes after', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    object(chart, 'a');
    object(new Construct(chart, 'group'), 'b');
    chart.addDependency(object(chart, 'first'));
    expect(names(app)).toEqual(['first', 'a', 'b']);
  });

  test('lets an object depend on the chart around it: it comes last', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    object(chart, 'last').addDependency(chart);
    object(chart, 'a');
    object(chart, 'b');
    expect(names(app)).toEqual(['a', 'b', 'last']);
  });

  test('begins with namespaces and custom resource definitions, whatever chart they stand in', () => {
    const app = new App();
    object(new Chart(app, 'one'), 'a');
    const other = new Chart(app, 'other');
    new ApiObject(other, 'crd', {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'crd' },
    });
    new Namespace(other, 'shop', { name: 'shop' });
    expect(names(app)).toEqual(['shop', 'crd', 'a']);
  });

  test('names every cycle with the constructs in it', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map((id) => new Construct(chart, id));
    for (const group of [a, b, c, d, e]) object(group ?? chart, `${group?.node.id}-object`);
    a?.node.addDependency(b ?? chart);
    b?.node.addDependency(c ?? chart);
    c?.node.addDependency(a ?? chart);
    d?.node.addDependency(e ?? chart);
    e?.node.addDependency(d ?? chart);
    const problems = problemsOf(() => synth(app));
    expect(problems.map(({ code }) => code)).toEqual(['DEPENDENCY_CYCLE', 'DEPENDENCY_CYCLE']);
    expect(problems.map(({ message }) => message)).toEqual([
      'dependency cycle: chart/a → chart/b → chart/c → chart/a',
      'dependency cycle: chart/d → chart/e → chart/d',
    ]);
  });

  test('names the first of many constructs in a cycle', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    const all = Array.from({ length: 100 }, (_, index) => object(chart, `o${index}`));
    all.forEach((each, index) => each.addDependency(all[(index + 1) % all.length] ?? each));
    const [problem] = problemsOf(() => synth(app));
    expect(problem?.message).toMatch(/^dependency cycle: chart\/o0 → .* → chart\/o29 → 70 more → chart\/o0$/);
  });

  const CHARTS = effort(2_000, 10_000);
  test(`walks a chain of ${CHARTS} charts, last to first`, () => {
    const app = new App();
    let before: Chart | undefined;
    for (let number = 0; number < CHARTS; number++) {
      const chart = new Chart(app, `chart-${number}`);
      object(chart, `object-${number}`);
      before?.addDependency(chart);
      before = chart;
    }
    const ordered = names(app);
    expect(ordered).toHaveLength(CHARTS);
    expect([ordered[0], ordered.at(-1)]).toEqual([`object-${CHARTS - 1}`, 'object-0']);
  });

  test('walks constructs that are nested 2,000 deep', () => {
    const app = new App();
    let scope: Construct = new Chart(app, 'chart');
    for (let depth = 0; depth < 2_000; depth++) scope = new Construct(scope, 'c');
    object(scope, 'deep');
    expect(names(app)).toEqual(['deep']);
  });

  test('honours any dependencies without a cycle, and is the same each time', () => {
    const count = 12;
    const edges = fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 30 });
    fc.assert(
      fc.property(edges, fc.array(fc.nat(3), { minLength: count, maxLength: count }), (pairs, groups) => {
        const app = new App();
        const charts = [0, 1, 2, 3].map((id) => new Chart(app, `chart-${id}`));
        const objects = groups.map((group, id) => object(charts[group] ?? app, `o${id}x`));
        const kept = pairs.filter(([from, to]) => from < to);
        for (const [from, to] of kept) objects[from]?.addDependency(objects[to] ?? app);
        const ordered = names(app);
        expect(names(app)).toEqual(ordered);
        expect([...ordered].sort()).toEqual(objects.map(({ name }) => name).sort());
        for (const [from, to] of kept)
          expect(ordered.indexOf(`o${from}x`)).toBeGreaterThan(ordered.indexOf(`o${to}x`));
      }),
      { numRuns: 100 },
    );
  });

  test("is the same for cdk8s's own App and Chart", () => {
    const app = new Cdk8sApp();
    const chart = new Cdk8sChart(app, 'chart');
    const a = object(chart, 'a');
    a.addDependency(object(chart, 'b'));
    expect(names(app)).toEqual(['b', 'a']);
  });
});

describe('two objects of one identity', () => {
  test('are an error that names both places', () => {
    const app = new App();
    new ConfigMap(new Chart(app, 'one'), 'settings', { name: 'settings', immutable: false });
    new ConfigMap(new Chart(app, 'two'), 'settings', { name: 'settings', immutable: false });
    const [problem, ...more] = problemsOf(() => synth(app));
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ code: 'DUPLICATE_IDENTITY', place: 'two/settings' });
    expect(problem.message).toMatch(
      /^ConfigMap settings is defined twice; one\/settings at test\/synth\/order\.test\.ts:\d+ already defines/,
    );
  });

  test('are told apart by namespace, by environment and by kind', () => {
    const app = new App();
    for (const name of ['staging', 'production']) {
      const environment = new Environment(app, name);
      for (const namespace of ['a', 'b']) object(new Chart(environment, namespace, { namespace }), 'same');
      object(new Chart(environment, 'c', { namespace: 'a' }), 'same', 'Service');
    }
    expect(synth(app).size).toBe(6);
  });

  test('are one object where the kind has no namespace, whatever namespace the charts put on it', () => {
    const app = new App();
    for (const namespace of ['a', 'b']) object(new Chart(app, namespace, { namespace }), 'same', 'Namespace');
    expect(problemsOf(() => synth(app)).map(({ code }) => code)).toEqual(['DUPLICATE_IDENTITY']);
  });

  test('are no error where the API server makes the name', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    for (const id of ['a', 'b']) {
      const made = new ApiObject(chart, id, {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { generateName: 'run-' },
      });
      made.metadata.add('name', undefined);
    }
    const set = synth(app);
    expect(set.size).toBe(2);
  });
});
