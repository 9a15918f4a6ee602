import {
  App,
  Chart,
  cidr,
  ConfigMap,
  Environment,
  Route,
  WebService,
  Worker,
  type ClusterProfile,
  type WebServiceProps,
  type WorkerProps,
} from 'seaworthy';
import { inChart } from './charts';
import { many, type AppShape } from './shape';

const IMAGE = 'registry.example/app:1';
const PROFILE: ClusterProfile = {
  gateway: { name: 'edge', namespace: 'infra' },
  monitoring: { namespace: 'monitoring' },
  installed: ['prometheus-operator', 'cert-manager'],
};

/** Apps whose workloads have connections, routes, alerts, and hosts in texts. */
export const TRAIT_SHAPES: readonly AppShape[] = [
  {
    name: 'workloads that connect to one',
    app: (n) =>
      inChart((chart) => {
        const one = web(chart, 'one');
        many(n, (i) => worker(chart, `w${i}`).connectsTo(one));
      }),
  },
  {
    name: 'a workload that connects to many',
    app: (n) =>
      inChart((chart) => {
        const one = worker(chart, 'one');
        many(n, (i) => one.connectsTo(web(chart, `w${i}`)));
      }),
  },
  {
    name: 'workloads that connect to the next, in a namespace that is isolated',
    app: (n) =>
      inIsolated((chart) => {
        const all = many(n, (i) => web(chart, `w${i}`));
        all.forEach((each, i) => each.connectsTo(all[(i + 1) % n] ?? each));
      }),
  },
  {
    name: 'a workload that may be called from many addresses',
    app: (n) =>
      inChart((chart) => {
        const one = web(chart, 'one');
        many(n, (i) => one.allowFrom(cidr(`10.${Math.floor(i / 256)}.${i % 256}.0/24`)));
      }),
  },
  {
    name: 'workloads that name the host of one, in a namespace that is isolated',
    app: (n) =>
      inIsolated((chart) => {
        const one = web(chart, 'one');
        many(n, (i) => worker(chart, `w${i}`, { HOST: one.host }));
      }),
  },
  {
    name: 'a workload that names the hosts of many, in a namespace that is isolated',
    app: (n) =>
      inIsolated((chart) => {
        const env = Object.fromEntries(many(n, (i) => [`HOST_${i}`, web(chart, `w${i}`).host]));
        worker(chart, 'one', env);
      }),
  },
  {
    name: 'workloads that read one file with the hosts of all, in a namespace that is isolated',
    app: (n) =>
      inIsolated((chart) => {
        const count = Math.ceil(Math.sqrt(n));
        const all = many(count, (i) => web(chart, `w${i}`));
        const hosts = new ConfigMap(chart, 'hosts', {
          data: { HOSTS: all.map(({ host }) => host).join(' ') },
        });
        many(count, (i) => new Worker(chart, `r${i}`, { image: IMAGE, envFrom: [hosts] }));
      }),
  },
  {
    name: 'environments in which a workload names the host of another, each isolated',
    app: (n) => {
      const app = new App();
      many(n, (i) => {
        const chart = new Chart(new Environment(app, `e${i}`), 'c', { namespace: 'one', isolated: true });
        worker(chart, 'w', { HOST: web(chart, 'one').host });
      });
      return app;
    },
  },
  {
    name: 'namespaces in which a workload names the host of another, each isolated',
    app: (n) => {
      const app = new App();
      many(n, (i) => {
        const chart = new Chart(app, `c${i}`, { namespace: `n${i}`, isolated: true });
        worker(chart, 'w', { HOST: web(chart, 'one').host });
      });
      return app;
    },
  },
  {
    name: 'a route of many paths, each to a workload of its own',
    app: (n) =>
      inEnvironment((chart) => {
        const paths = Object.fromEntries(many(n, (i) => [`/p${i}`, web(chart, `w${i}`)]));
        new Route(chart, 'route', { host: 'shop.example', paths });
      }),
  },
  {
    name: 'workloads of a route each, with a certificate',
    app: (n) =>
      inEnvironment((chart) =>
        many(n, (i) => web(chart, `w${i}`, { route: { host: `h${i}.example`, tls: true } })),
      ),
  },
  {
    name: 'a workload of many routes',
    app: (n) =>
      inEnvironment((chart) =>
        web(chart, 'w', {
          routes: many(n, (i) => ({ host: `h${i}.example`, tls: true })),
        }),
      ),
  },
  {
    name: 'workloads that are scraped, scaled and watched by alerts',
    app: (n) =>
      inEnvironment((chart) =>
        many(n, (i) =>
          web(chart, `w${i}`, {
            scrape: {},
            resources: { cpu: 1 },
            replicas: { min: 2, max: 5, cpu: '70%' },
            alerts: ['restarts', { name: 'Stuck', expr: 'max(orders_waiting) > 100' }],
          }),
        ),
      ),
  },
  {
    name: 'a workload of many alerts',
    app: (n) =>
      inEnvironment((chart) =>
        web(chart, 'w', {
          alerts: many(n, (i) => ({ name: `Stuck${i}`, expr: `max(orders_waiting) > ${i}` })),
        }),
      ),
  },
];

function web(chart: Chart, id: string, more: Partial<WebServiceProps> = {}): WebService {
  return new WebService(chart, id, { image: IMAGE, port: 80, ...more });
}

function worker(chart: Chart, id: string, env: Record<string, string> = {}): Worker {
  const props: WorkerProps = { image: IMAGE, env };
  return new Worker(chart, id, props);
}

function inIsolated(make: (chart: Chart) => unknown): App {
  const app = new App();
  make(new Chart(app, 'c', { namespace: 'one', isolated: true }));
  return app;
}

/** An app of one chart, in an environment whose cluster has what the traits need. */
function inEnvironment(make: (chart: Chart) => unknown): App {
  const app = new App();
  make(new Chart(new Environment(app, 'e', PROFILE), 'c', { namespace: 'one' }));
  return app;
}
