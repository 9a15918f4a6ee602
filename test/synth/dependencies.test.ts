import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { App, Chart, Environment, SeaworthyError, synth } from '../../lib';
import { collect } from '../../lib/synth/collect';
import type { Step } from '../../lib/synth/dependencies';
import { dependencyGraph } from '../../lib/synth/dependencies';
import { effort } from '../effort';

function object(scope: Construct, id: string): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id } });
}

const names = (app: App): string[] => [...synth(app)].map(({ id }) => id.name);

function cyclesOf(app: App): string[] {
  try {
    synth(app);
  } catch (error) {
    if (error instanceof SeaworthyError) return error.problems.map(({ message }) => message);
  }
  return [];
}

/** How many steps and edges the graph of an app has: what it costs to walk it. */
function sizeOf(app: App): { steps: number; edges: number } {
  const waiting = [...(dependencyGraph(collect(app)) ?? [])];
  const seen = new Set<Step>(waiting);
  let edges = 0;
  for (let step = waiting.pop(); step !== undefined; step = waiting.pop()) {
    edges += step.after.length;
    for (const before of step.after) {
      if (!seen.has(before)) waiting.push(before);
      seen.add(before);
    }
  }
  return { steps: seen.size, edges };
}

describe('dependencies of a construct and what is inside it', () => {
  test('on several of its own: the rest comes after all of them', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    object(chart, 'a');
    const deep = new Construct(chart, 'deep');
    object(deep, 'b');
    const [one, two] = [object(deep, 'one'), object(chart, 'two')];
    chart.addDependency(one, two);
    expect(names(app)).toEqual(['one', 'two', 'a', 'b']);
  });

  test('of several on the one around them: they come after the rest of it', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    const [one, two] = [object(chart, 'one'), object(chart, 'two')];
    one.addDependency(chart);
    two.addDependency(chart);
    object(chart, 'a');
    expect(names(app)).toEqual(['a', 'one', 'two']);
  });

  test('both ways: first, the rest, last', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    const last = object(chart, 'last');
    last.addDependency(chart);
    object(chart, 'a');
    chart.addDependency(object(chart, 'first'));
    expect(names(app)).toEqual(['first', 'a', 'last']);
  });

  test('on itself mean nothing', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    object(chart, 'a').addDependency(chart.node.findChild('a'));
    expect(names(app)).toEqual(['a']);
  });
});

describe('dependencies across', () => {
  test('charts, nested charts and environments hold', () => {
    const app = new App();
    const [staging, production] = ['staging', 'production'].map((name) => new Environment(app, name));
    const late = new Chart(staging ?? app, 'late');
    const nested = new Chart(late, 'nested');
    object(nested, 'nested-object');
    object(late, 'late-object');
    const early = new Chart(production ?? app, 'early');
    object(early, 'early-object');
    nested.addDependency(early);
    expect(names(app)).toEqual(['early-object', 'nested-object', 'late-object']);
  });

  test('constructs that hold no objects order nothing', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    const empty = new Construct(chart, 'empty');
    object(chart, 'a').addDependency(empty);
    empty.node.addDependency(object(chart, 'b'));
    // What stands between them still counts: a waits for empty, which waits for b.
    expect(names(app)).toEqual(['b', 'a']);
  });
});

describe('a cycle', () => {
  test('of an object and a chart, of charts, and of constructs at several depths is named by its constructs', () => {
    const app = new App();
    const [a, b] = [new Chart(app, 'a'), new Chart(app, 'b')];
    const group = new Construct(a, 'group');
    const deep = object(group, 'deep');
    object(b, 'x');
    b.addDependency(deep);
    group.node.addDependency(b);
    expect(cyclesOf(app)).toEqual([expect.stringMatching(/^dependency cycle: (a\/group → )?.*b.*→ /)]);
  });

  test('is told as it is where it runs through what is inside', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    const [one, two] = [object(chart, 'one'), object(chart, 'two')];
    chart.addDependency(one);
    one.addDependency(two);
    expect(cyclesOf(app)).toEqual(['dependency cycle: chart/one → chart/two → chart/one']);
  });
});

describe('the cost', () => {
  const LINKS = effort(2_000, 10_000);
  test(`of a chain of ${LINKS} constructs in one chart is one of ${LINKS}`, () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    let before: Construct | undefined;
    for (let number = 0; number < LINKS; number++) {
      const group = new Construct(chart, `c${number}`);
      object(group, `o${number}`);
      before?.node.addDependency(group);
      before = group;
    }
    const ordered = names(app);
    expect([ordered[0], ordered.at(-1)]).toEqual([`o${LINKS - 1}`, 'o0']);
  });

  test('grows with objects and dependencies, not with their product', () => {
    const build = (charts: number, objects: number): App => {
      const app = new App();
      let before: Chart | undefined;
      for (let c = 0; c < charts; c++) {
        const chart = new Chart(app, `c${c}`);
        for (let o = 0; o < objects; o++) object(chart, `c${c}-o${o}`);
        if (before !== undefined) chart.addDependency(before);
        before = chart;
      }
      return app;
    };
    const { steps, edges } = sizeOf(build(100, 30));
    expect(steps).toBeLessThan(1.2 * 100 * 30);
    expect(edges).toBeLessThan(2.4 * 100 * 30);
  });

  test('of half a chart that waits for the other half is linear too', () => {
    const build = (count: number): App => {
      const app = new App();
      const chart = new Chart(app, 'chart');
      const objects = Array.from({ length: count }, (_, number) => object(chart, `o${number}`));
      chart.addDependency(...objects.slice(0, count / 2));
      return app;
    };
    const [small, large] = [sizeOf(build(100)), sizeOf(build(1000))];
    expect(large.edges).toBeLessThan(11 * small.edges);
  });

  test('of layers that all depend on the layer before is linear', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    let before: Construct[] = [];
    for (let layer = 0; layer < 48; layer++) {
      const here = [0, 1].map((number) => new Construct(chart, `l${layer}-${number}`));
      for (const group of here) {
        object(group, `o-${group.node.id}`);
        group.node.addDependency(...before);
      }
      before = here;
    }
    expect(sizeOf(app).edges).toBeLessThan(1000);
    expect(names(app)).toHaveLength(96);
  });
});

test('every dependency is honoured in any tree, and the order is the same each time', () => {
  /** A tree by the parent of each construct, whether it is an object, and dependencies from later to earlier or back. */
  const programs = fc.record({
    parents: fc.array(fc.nat(1_000), { minLength: 2, maxLength: 25 }),
    leaves: fc.array(fc.boolean(), { minLength: 25, maxLength: 25 }),
    edges: fc.array(fc.tuple(fc.nat(24), fc.nat(24)), { maxLength: 25 }),
  });
  /** Objects below (or at) a construct. */
  const objectsIn = (construct: Construct): string[] =>
    construct.node
      .findAll()
      .filter((c): c is ApiObject => ApiObject.isApiObject(c))
      .map(({ name }) => name);
  const holds = (outer: Construct, inner: Construct): boolean => inner.node.scopes.includes(outer);

  let honoured = 0;
  fc.assert(
    fc.property(programs, ({ parents, leaves, edges }) => {
      const build = (edges: [number, number][]): { app: App; kept: [Construct, Construct][] } => {
        const app = new App();
        const groups: Construct[] = [new Chart(app, 'root')];
        const all: Construct[] = [...groups];
        for (const [index, parent] of parents.entries()) {
          const scope = groups[parent % groups.length] ?? app;
          if (leaves[index] === true) all.push(object(scope, `o${index}`));
          else {
            const group = index % 3 === 0 ? new Chart(scope, `g${index}`) : new Construct(scope, `g${index}`);
            groups.push(group);
            all.push(group);
          }
        }
        const kept: [Construct, Construct][] = [];
        for (const [from, to] of edges) {
          const [late, early] = [all[from % all.length], all[to % all.length]];
          if (late === undefined || early === undefined || holds(late, early) || holds(early, late)) continue;
          kept.push([late, early]);
          late.node.addDependency(early);
        }
        return { app, kept };
      };
      // What stays: the edges that close no cycle with those before them.
      const acyclic: [number, number][] = [];
      for (const edge of edges) if (cyclesOf(build([...acyclic, edge]).app).length === 0) acyclic.push(edge);
      const { app, kept } = build(acyclic);
      const ordered = names(app);
      const stages = new Map([...synth(app)].map(({ id, stage }) => [id.name, stage]));
      expect(names(app)).toEqual(ordered);
      expect(names(build(acyclic).app)).toEqual(ordered);
      expect([...ordered].sort()).toEqual(objectsIn(app).sort());
      for (const [late, early] of kept) {
        const last = Math.max(-1, ...objectsIn(early).map((name) => ordered.indexOf(name)));
        for (const name of objectsIn(late)) expect(ordered.indexOf(name)).toBeGreaterThan(last);
        const latest = Math.max(-1, ...objectsIn(early).map((name) => stages.get(name) ?? 0));
        for (const name of objectsIn(late)) expect(stages.get(name) ?? 0).toBeGreaterThan(latest);
        honoured++;
      }
    }),
    { numRuns: effort(100, 300) },
  );
  // Trees are of use: most depend on something.
  expect(honoured).toBeGreaterThan(30);
});

test('an object tells how many steps of dependencies lie before it, and nothing where there are none', () => {
  const app = new App();
  const [first, second, third] = ['first', 'second', 'third'].map((id) => new Chart(app, id));
  if (first === undefined || second === undefined || third === undefined) throw new Error('three charts');
  for (const chart of [first, second, third])
    for (const id of ['a', 'b']) object(chart, `${chart.node.id}-${id}`);
  third.addDependency(second);
  second.addDependency(first);
  expect([...synth(app)].map(({ stage }) => stage)).toEqual([undefined, undefined, 1, 1, 2, 2]);
});

test('what comes first by its kind in the same chart is no step, and in another chart it is', () => {
  const app = new App();
  const [shop, jobs] = [new Chart(app, 'shop'), new Chart(app, 'jobs')];
  const role = new ApiObject(shop, 'role', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role' });
  object(shop, 'near').addDependency(role);
  object(jobs, 'far').addDependency(role);
  expect([...synth(app)].map(({ id, stage = 0 }) => `${id.name} ${stage}`)).toEqual([
    'shop-role 0',
    'near 0',
    'far 1',
  ]);
});

test('two environments of one name are told', () => {
  const app = new App();
  for (const id of ['east', 'west']) {
    const environment = new Environment(new Construct(app, id), 'production');
    object(new Chart(environment, 'shop'), `in-${id}`);
  }
  expect(cyclesOf(app)).toEqual(['environment "production" already exists: east/production']);
});
