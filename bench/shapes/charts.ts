import { Construct } from 'constructs';
import { App, Chart, ConfigMap, Environment, Namespace } from 'seaworthy';
import { many, type AppShape } from './shape';

/** Apps of many charts, environments, dependencies or names. */
export const CHART_SHAPES: readonly AppShape[] = [
  {
    name: 'charts of one object each',
    app: (n) => inApp((app) => many(n, (i) => settings(new Chart(app, `c${i}`), 's'))),
  },
  {
    name: 'a chart of many objects',
    app: (n) => inChart((chart) => many(n, (i) => settings(chart, `s${i}`))),
  },
  {
    name: 'environments of a chart each, in which a namespace is isolated',
    app: (n) =>
      inApp((app) =>
        many(n, (i) => {
          const environment = new Environment(app, `e${i}`);
          settings(new Chart(environment, 'c', { namespace: 'one', isolated: true }), 's');
        }),
      ),
  },
  {
    name: 'charts of one namespace that each isolate it',
    app: (n) => inApp((app) => many(n, (i) => new Chart(app, `c${i}`, { namespace: 'one', isolated: true }))),
  },
  {
    name: 'charts in a namespace of their own',
    app: (n) =>
      inApp((app) => {
        const namespaces = new Chart(app, 'namespaces');
        many(n, (i) => {
          const namespace = new Namespace(namespaces, `n${i}`);
          settings(new Chart(app, `c${i}`, { namespace }), 's');
        });
      }),
  },
  {
    name: 'a chain of dependencies between charts',
    app: (n) =>
      inApp((app) => {
        const charts = many(n, (i) => new Chart(app, `c${i}`));
        charts.forEach((chart, i) => {
          settings(chart, 's');
          chart.addDependency(...charts.slice(Math.max(0, i - 1), i));
        });
      }),
  },
  {
    name: 'a circle of dependencies between objects',
    app: (n) =>
      inChart((chart) => {
        const all = many(n, (i) => settings(chart, `s${i}`));
        all.forEach((each, i) => each.node.addDependency(all[(i + 1) % n] ?? each));
      }),
  },
  {
    name: 'many circles of dependencies between objects of one chart',
    app: (n) =>
      inChart((chart) =>
        many(n, (i) => {
          const [a, b] = [settings(chart, `a${i}`), settings(chart, `b${i}`)];
          a.node.addDependency(b);
          b.node.addDependency(a);
        }),
      ),
  },
  {
    name: 'objects that all depend on one, and one that depends on all',
    app: (n) =>
      inChart((chart) => {
        const [first, last] = [settings(chart, 'first'), settings(chart, 'last')];
        many(n, (i) => {
          const each = settings(chart, `s${i}`);
          each.node.addDependency(first);
          last.node.addDependency(each);
        });
      }),
  },
  {
    name: 'a chart that depends on each of its own objects',
    app: (n) =>
      inChart((chart) =>
        many(n, (i) => chart.node.addDependency(settings(chart, `s${i}`), settings(chart, `t${i}`))),
      ),
  },
  {
    name: 'objects of one name',
    app: (n) => inChart((chart) => many(n, (i) => settings(chart, `s${i}`, { name: 'one' }))),
  },
  {
    name: 'names that are too long, or have to be spelled differently',
    app: (n) =>
      inChart((chart) =>
        many(n, (i) => {
          settings(chart, `${'long'.repeat(60)}${i}`);
          settings(chart, `Spelled_${i}`);
        }),
      ),
  },
  {
    name: 'objects that have moved',
    app: (n) =>
      inChart((chart) =>
        many(n, (i) => settings(new Construct(chart, `g${i}`), 's', { movedFrom: `c/t${i}` })),
      ),
  },
];

function inApp(make: (app: App) => unknown): App {
  const app = new App();
  make(app);
  return app;
}

/** An app of one chart. */
export function inChart(make: (chart: Chart) => unknown): App {
  return inApp((app) => make(new Chart(app, 'c', { namespace: 'one' })));
}

function settings(
  scope: Construct,
  id: string,
  props: { name?: string; movedFrom?: string } = {},
): ConfigMap {
  return new ConfigMap(scope, id, { data: { LEVEL: 'info' }, ...props });
}
