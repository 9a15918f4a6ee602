import * as kplus from 'cdk8s-plus-27';
import { ApiObject, Chart as Cdk8sChart } from 'cdk8s';
import { at, problems, rendered } from '../../../test/constructs/rendering';
import type { ClusterProfile } from '../../index';
import {
  App,
  Chart,
  cidr,
  ConfigMap,
  CronJob,
  Environment,
  Job,
  NodeAgent,
  StatefulService,
  synth,
  WebService,
  Worker,
} from '../../index';

const image = 'a/b:1';
const labels = (name: string): object => ({
  matchLabels: { 'app.kubernetes.io/instance': name, 'app.kubernetes.io/name': name },
});
const tcp = (...ports: number[]): object[] => ports.map((port) => ({ protocol: 'TCP', port }));

/** Who may call the database, apart from the worker that connects to it, once `add` has added others. */
function letIn(add: (db: StatefulService, chart: Chart) => unknown): unknown[] {
  const set = rendered(
    (chart) => {
      const db = new StatefulService(chart, 'db', { image, ports: { sql: 5432, metrics: 9187 } });
      new Worker(chart, 'declared', { image }).connectsTo(db, { port: 'sql' });
      add(db, chart);
    },
    { chart: { namespace: 'shop' } },
  );
  const rules = at(set.get({ kind: 'NetworkPolicy', name: 'shop-db' }).object, 'spec.ingress');
  // The first is of the declared connection, the last of the replicas among each other.
  return Array.isArray(rules) ? rules.slice(1, -1) : [];
}

const near = (name: string): object => ({ podSelector: labels(name) });

describe('a workload that names the host of another', () => {
  it.each<[what: string, add: (db: StatefulService, chart: Chart) => unknown, rules: unknown[]]>([
    [
      'by an address in a variable',
      (db, chart) => new Worker(chart, 'a', { image, env: { DB: db.address } }),
      [{ from: [near('shop-a')], ports: tcp(5432) }],
    ],
    [
      'by a host in a variable',
      (db, chart) => new Worker(chart, 'a', { image, env: { DB_HOST: db.host } }),
      [{ from: [near('shop-a')], ports: tcp(5432, 9187) }],
    ],
    [
      'by a URL',
      (db, chart) => new Worker(chart, 'a', { image, env: { DB: db.url('postgres', '/shop') } }),
      [{ from: [near('shop-a')], ports: tcp(5432) }],
    ],
    [
      'in a literal',
      (_, chart) => new Worker(chart, 'a', { image, env: { DB: 'postgres://u@shop-db.shop.svc:5432/x' } }),
      [{ from: [near('shop-a')], ports: tcp(5432) }],
    ],
    [
      'by one of the replicas',
      (db, chart) => new Worker(chart, 'a', { image, env: { DB: db.replica(0).address } }),
      [{ from: [near('shop-a')], ports: tcp(5432) }],
    ],
    [
      'in an argument',
      (db, chart) => new Worker(chart, 'a', { image, args: [`--db=${db.address}`] }),
      [{ from: [near('shop-a')], ports: tcp(5432) }],
    ],
    [
      'in a sidecar',
      (db, chart) => new Worker(chart, 'a', { image, sidecars: { x: { image, env: { DB: db.address } } } }),
      [{ from: [near('shop-a')], ports: tcp(5432) }],
    ],
    [
      'in a file',
      (db, chart) =>
        new Worker(chart, 'a', {
          image,
          files: { '/etc/a': new ConfigMap(chart, 'c', { data: { 'a.conf': `server ${db.address};` } }) },
        }),
      [{ from: [near('shop-a')], ports: tcp(5432) }],
    ],
    [
      'in variables of a ConfigMap',
      (db, chart) =>
        new Worker(chart, 'a', {
          image,
          envFrom: [new ConfigMap(chart, 'c', { data: { DB_HOST: db.host, DB_PORT: '9187' } })],
        }),
      [{ from: [near('shop-a')], ports: tcp(9187) }],
    ],
    [
      'in a Job and a CronJob',
      (db, chart) => {
        new Job(chart, 'a', { image, env: { DB: db.address } });
        new CronJob(chart, 'b', { image, schedule: '0 0 * * *', env: { DB: db.address } });
      },
      [
        { from: [near('shop-a')], ports: tcp(5432) },
        { from: [near('shop-b')], ports: tcp(5432) },
      ],
    ],
    [
      'on every node',
      (db, chart) => new NodeAgent(chart, 'a', { image, env: { DB: db.address } }),
      [{ from: [near('shop-a')], ports: tcp(5432) }],
    ],
    [
      'from a chart of another namespace',
      (_, chart) =>
        new Worker(new Chart(chart, 'other', { namespace: 'ops' }), 'a', {
          image,
          env: { DB: 'shop-db.shop:9187' },
        }),
      [
        {
          from: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } },
              podSelector: labels('shop-other-a'),
            },
          ],
          ports: tcp(9187),
        },
      ],
    ],
    [
      'from an object of cdk8s',
      (db, chart) =>
        new ApiObject(chart, 'a', {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: 'a', labels: { app: 'a' } },
          spec: { containers: [{ name: 'a', image, env: [{ name: 'DB', value: db.address }] }] },
        }),
      [{ from: [{ podSelector: { matchLabels: { app: 'a' } } }], ports: tcp(5432) }],
    ],
    [
      'twice',
      (db, chart) =>
        new Worker(chart, 'a', { image, env: { DB: db.address, DB_URL: `postgres://u@${db.address}/x` } }),
      [{ from: [near('shop-a')], ports: tcp(5432) }],
    ],
    [
      'that it connects to anyway',
      (db, chart) =>
        new Worker(chart, 'a', { image, env: { DB_HOST: db.host } }).connectsTo(db, { port: 'metrics' }),
      [{ from: [near('shop-a')], ports: tcp(9187) }],
    ],
    ['in a word that is none', (db, chart) => new Worker(chart, 'a', { image, env: { MODE: db.host } }), []],
    [
      'in another environment',
      (db, chart) => {
        const app = chart.node.root as App;
        const there = new Chart(new Environment(app, 'other', {}), 'shop', { namespace: 'shop' });
        new Worker(there, 'a', { image, env: { DB: db.address } });
      },
      [],
    ],
  ])('%s is a client', (_, add, rules) => {
    expect(letIn(add)).toEqual(rules);
  });

  it('may call it in spite of its own policy', () => {
    const set = rendered((chart) => {
      const [db, cache] = ['db', 'cache'].map((id) => new WebService(chart, id, { image, port: 6379 }));
      if (db === undefined || cache === undefined) return;
      new Worker(chart, 'a', { image, env: { CACHE: cache.address } }).connectsTo(db);
    });
    expect(at(set.get({ kind: 'NetworkPolicy', name: 'shop-a' }).object, 'spec.egress.2')).toEqual({
      to: [near('shop-cache')],
      ports: tcp(6379),
    });
    expect(set.find({ kind: 'NetworkPolicy', name: 'shop-cache' })).toEqual([]);
  });

  it('is a client in every synth alike, and no more once it names it no longer', () => {
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    const db = new WebService(chart, 'db', { image, port: 5432 });
    new Worker(chart, 'declared', { image }).connectsTo(db);
    const client = new Worker(chart, 'a', { image, env: { DB: db.address } });
    const first = synth(app).toYaml();
    expect(synth(app).toYaml()).toBe(first);
    client.override({
      spec: { template: { spec: { containers: [{ name: 'a', env: [{ name: 'DB', value: 'none' }] }] } } },
    });
    expect(
      at(synth(app).get({ kind: 'NetworkPolicy', name: 'shop-db' }).object, 'spec.ingress'),
    ).toHaveLength(1);
  });

  it('of cdk8s-plus is a client', () => {
    const rules = letIn((db, chart) => {
      new kplus.Deployment(chart, 'a', {
        containers: [{ image, portNumber: 80, envVariables: { DB: kplus.EnvValue.fromValue(db.address) } }],
      });
    });
    expect(rules).toEqual([
      {
        from: [{ podSelector: { matchLabels: { 'cdk8s.io/metadata.addr': expect.any(String) as string } } }],
        ports: tcp(5432),
      },
    ]);
  });

  it.each([
    [
      'on the network of its node',
      { hostNetwork: true },
      'its pods are on the network of their node, where no policy can select them',
    ],
  ])('%s would be cut off, which is an error', (_, props, why) => {
    const found = problems((chart) => {
      const db = new WebService(chart, 'db', { image, port: 5432 });
      new Worker(chart, 'declared', { image }).connectsTo(db);
      new NodeAgent(chart, 'agent', { image, env: { DB: db.address }, ...props });
    });
    expect(found.map(({ message }) => message)).toEqual([
      `would cut off DaemonSet shop-agent, which names its host: ${why}`,
    ]);
  });

  it('on the network of its node is let in by addresses alone, not by a connection', () => {
    const told = (add: (agent: NodeAgent, db: WebService) => unknown): number =>
      problems((chart) => {
        const db = new WebService(chart, 'db', { image, port: 5432 });
        add(new NodeAgent(chart, 'agent', { image, env: { DB: db.address }, hostNetwork: true }), db);
      }).length;
    expect(told((agent, db) => agent.connectsTo(db))).toBe(1);
    expect(told((_, db) => db.allowFrom(cidr('10.0.0.0/16')))).toBe(0);
  });

  it('without labels would be cut off, which is an error', () => {
    const found = problems((chart) => {
      const db = new WebService(chart, 'db', { image, port: 5432 });
      new Worker(chart, 'declared', { image }).connectsTo(db);
      new ApiObject(new Cdk8sChart(chart, 'x'), 'a', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'a' },
        spec: { containers: [{ name: 'a', image, args: [db.address] }] },
      });
    });
    expect(found.map(({ message }) => message)).toEqual([
      'would cut off Pod a, which names its host: its pods have no labels to select them by',
    ]);
  });
});

describe('KEDA, which calls what triggers name', () => {
  const letInBy = (profile: ClusterProfile): unknown[] => {
    const app = new App();
    const chart = new Chart(new Environment(app, 'production', { installed: ['keda'], ...profile }), 'shop', {
      namespace: 'shop',
    });
    const db = new StatefulService(chart, 'redis', { image, port: 6379 });
    const on = [{ redis: { address: 'shop-redis.shop:6379', list: 'orders', length: 5 } }];
    new Worker(chart, 'w', { image, replicas: { max: 3, on } }).connectsTo(db);
    const set = synth(app);
    const rules = at(set.get({ kind: 'NetworkPolicy', name: 'shop-redis' }).object, 'spec.ingress');
    return Array.isArray(rules) ? rules.slice(1, -1) : [];
  };

  it('is let in where the profile says that it runs', () => {
    const from = (labels: object): object => ({
      from: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'scaling' } },
          podSelector: { matchLabels: labels },
        },
      ],
      ports: tcp(6379),
    });
    expect(letInBy({ keda: { namespace: 'scaling' } })).toEqual([from({ app: 'keda-operator' })]);
    expect(letInBy({ keda: { namespace: 'scaling', podLabels: { a: 'b' } } })).toEqual([from({ a: 'b' })]);
    expect(letInBy({})).toEqual([]);
  });

  it('is let in by the mesh as who the profile says that it is', () => {
    const letInBy = (keda: ClusterProfile['keda']): unknown => {
      const profile: ClusterProfile = { installed: ['keda'], mesh: 'istio', ...(keda && { keda }) };
      const set = rendered(
        (chart) => {
          const db = new StatefulService(chart, 'redis', { image, port: 6379 });
          const on = [{ redis: { address: 'shop-redis.shop:6379', list: 'orders', length: 5 } }];
          new Worker(chart, 'w', { image, replicas: { max: 3, on } }).connectsTo(db);
        },
        { profile, chart: { namespace: 'shop' } },
      );
      const policy = set.get({ kind: 'AuthorizationPolicy', name: 'shop-redis' }).object;
      return (at(policy, 'spec.rules') as { from?: unknown }[]).map(({ from }) => from);
    };
    const from = (account: string): unknown => [{ source: { principals: [`cluster.local/ns/${account}`] } }];
    expect(letInBy({ namespace: 'scaling', mesh: { serviceAccount: 'keda-operator' } })).toEqual(
      expect.arrayContaining([from('scaling/sa/keda-operator')]),
    );
    expect(letInBy({ namespace: 'scaling', mesh: { serviceAccount: 'keda-operator' } })).not.toContain(
      undefined,
    );
    expect(letInBy({ namespace: 'scaling' })).toContain(undefined);
  });
});
