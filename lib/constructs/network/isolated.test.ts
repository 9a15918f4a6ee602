import { ApiObject, Chart as Cdk8sChart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { at, problemsOf } from '../../../test/constructs/rendering';
import type { ClusterProfile, ManifestSet } from '../../index';
import {
  App,
  Chart,
  check,
  cidr,
  Environment,
  monitoring,
  Namespace,
  NodeAgent,
  StatefulService,
  synth,
  WebService,
  Worker,
} from '../../index';

const image = 'a/b:1';
const PROFILE: ClusterProfile = {
  ingressClass: 'traefik',
  ingress: { namespace: 'edge', podLabels: { app: 'envoy' } },
  monitoring: { namespace: 'prometheus' },
};
const labels = (name: string): object => ({
  podSelector: { matchLabels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': name } },
});
const tcp = (...ports: number[]): object[] => ports.map((port) => ({ protocol: 'TCP', port }));
const DNS = {
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
};

/** What `build` makes in an isolated chart, and its environment. */
function isolated(
  build: (chart: Chart, environment: Environment) => unknown,
  profile = PROFILE,
): ManifestSet {
  const environment = new Environment(new App(), 'production', profile);
  build(new Chart(environment, 'shop', { namespace: 'shop', isolated: true }), environment);
  return synth(environment.node.root as App);
}

const specOf = (set: ManifestSet, name: string): unknown =>
  at(set.get({ kind: 'NetworkPolicy', name }).object, 'spec');
const policies = (set: ManifestSet): string[] =>
  set.find({ kind: 'NetworkPolicy' }).map(({ id }) => `${id.namespace ?? ''}/${id.name}`);
const blocked = (set: ManifestSet): string[] =>
  check(set)
    .filter(({ rule }) => /connection-blocked|network-policy/.test(rule))
    .map(({ rule, message }) => `${rule}: ${message}`);

describe('an isolated chart', () => {
  it('denies all pods of its namespace everything but DNS', () => {
    const set = isolated(() => undefined);
    expect(specOf(set, 'shop-isolation')).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      egress: [DNS],
    });
    expect(policies(set)).toEqual(['shop/shop-isolation']);
  });

  it('lets clients by reference through on both sides, without connectsTo', () => {
    const set = isolated((chart) => {
      const db = new StatefulService(chart, 'db', { image, ports: { sql: 5432, metrics: 9187 } });
      new Worker(chart, 'a', { image, env: { DB: db.address } });
    });
    expect(specOf(set, 'shop-a')).toEqual({
      ...labels('shop-a'),
      policyTypes: ['Ingress', 'Egress'],
      ingress: [],
      egress: [DNS, { to: [labels('shop-db')], ports: tcp(5432) }],
    });
    expect(at(specOf(set, 'shop-db'), 'ingress.0')).toEqual({ from: [labels('shop-a')], ports: tcp(5432) });
    expect(blocked(set)).toEqual([]);
  });

  it.each([
    ['before', true],
    ['after', false],
  ])('counts for workloads of charts that are created %s it in its namespace', (_, isBefore) => {
    const environment = new Environment(new App(), 'production', PROFILE);
    const other = (): Worker =>
      new Worker(new Chart(environment, 'jobs', { namespace: 'shop' }), 'a', { image });
    if (isBefore) other();
    new Chart(environment, 'shop', { namespace: 'shop', isolated: true });
    if (!isBefore) other();
    new Worker(new Chart(environment, 'ops', { namespace: 'ops' }), 'b', { image });
    const set = synth(environment.node.root as App);
    expect(policies(set).sort()).toEqual(['shop/jobs-a', 'shop/shop-isolation']);
  });

  it('denies after everything in the chart that allows, also where two isolate one namespace', () => {
    const environment = new Environment(new App(), 'production', PROFILE);
    for (const id of ['a', 'b']) {
      const chart = new Chart(environment, id, { namespace: 'shop', isolated: true });
      new Worker(chart, 'x', { image });
      new Worker(chart, 'y', { image });
    }
    const all = synth(environment.node.root as App);
    expect(policies(all)).toEqual(
      ['a-x', 'a-y', 'a-isolation', 'b-x', 'b-y', 'b-isolation'].map((name) => `shop/${name}`),
    );
    expect([...all].at(-1)?.id.name).toBe('b-isolation');
  });

  it('is of one environment', () => {
    const app = new App();
    for (const [id, isIsolated] of [
      ['staging', false],
      ['production', true],
    ] as const) {
      const chart = new Chart(new Environment(app, id), 'shop', { namespace: 'shop', isolated: isIsolated });
      new Worker(chart, 'a', { image });
    }
    const environments = synth(app)
      .find({ kind: 'NetworkPolicy' })
      .map(({ origin }) => origin?.environment);
    expect(new Set(environments)).toEqual(new Set(['production']));
  });

  it('may be one of several, and its namespace isolated as well', () => {
    const environment = new Environment(new App(), 'production', PROFILE);
    const namespace = new Namespace(environment, 'shop', { isolated: true });
    const [a, b] = ['a', 'b'].map((id) => new Chart(environment, id, { namespace, isolated: true }));
    if (a === undefined || b === undefined) return;
    const db = new StatefulService(a, 'db', { image, port: 5432 });
    new Worker(b, 'client', { image, env: { DB: db.address } });
    const set = synth(environment.node.root as App);
    expect(policies(set).sort()).toEqual([
      'shop/a-db',
      'shop/a-isolation',
      'shop/b-client',
      'shop/b-isolation',
      'shop/shop',
    ]);
    expect(namespace.isolation?.name).toBe('shop');
    expect(a.isolation?.name).toBe('a-isolation');
    expect(blocked(set)).toEqual([]);
  });

  it('lets a route be reached from the ingress controller of the profile alone', () => {
    const set = isolated((chart) => {
      new WebService(chart, 'api', {
        image,
        ports: { http: 8080, metrics: 9090 },
        route: { host: 'shop.example' },
      }).allowFrom(monitoring(), { port: 'metrics' });
    });
    const edge = { 'kubernetes.io/metadata.name': 'edge' };
    const from = [
      { namespaceSelector: { matchLabels: edge }, podSelector: { matchLabels: { app: 'envoy' } } },
    ];
    const prometheus = { 'kubernetes.io/metadata.name': 'prometheus' };
    expect(at(specOf(set, 'shop-api'), 'ingress')).toEqual([
      { from, ports: tcp(8080) },
      { from: [{ namespaceSelector: { matchLabels: prometheus } }], ports: tcp(9090) },
    ]);
    expect(blocked(set)).toEqual([]);
  });

  it('lets everyone reach a load balancer', () => {
    const set = isolated((chart) => {
      new WebService(chart, 'api', { image, port: 8080, service: { type: 'LoadBalancer' } });
    });
    expect(at(specOf(set, 'shop-api'), 'ingress')).toEqual([{ ports: tcp(8080) }]);
    expect(blocked(set)).toEqual([]);
  });

  it('lets clients in that other namespaces have', () => {
    const set = isolated((chart, environment) => {
      new WebService(chart, 'api', { image, port: 8080 });
      const ops = new Chart(environment, 'ops', { namespace: 'ops' });
      new Worker(ops, 'a', { image, env: { API: 'http://shop-api.shop:8080' } });
    });
    expect(policies(set).sort()).toEqual(['shop/shop-api', 'shop/shop-isolation']);
    expect(at(specOf(set, 'shop-api'), 'ingress.0.ports')).toEqual(tcp(8080));
    expect(blocked(set)).toEqual([]);
  });
});

describe('pods of others in an isolated namespace', () => {
  const pod = (name: string, more: object): object => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...more },
  });

  it('may call whom they name, and be called by who names them', () => {
    const set = isolated((chart) => {
      const api = new WebService(chart, 'api', { image, port: 8080 });
      new ApiObject(chart, 'pod', {
        ...(pod('tool', { labels: { app: 'tool' } }) as { apiVersion: string; kind: string }),
        spec: { containers: [{ name: 'a', image, ports: [{ containerPort: 80 }], args: [api.address] }] },
      });
      new ApiObject(chart, 'service', {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'tool' },
        spec: { selector: { app: 'tool' }, ports: [{ port: 80 }] },
      });
      new Worker(chart, 'b', { image, env: { TOOL_URL: 'http://tool' } });
    });
    expect(specOf(set, 'shop-isolation-tool')).toEqual({
      podSelector: { matchLabels: { app: 'tool' } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [labels('shop-b')], ports: tcp(80) }],
      egress: [DNS, { to: [labels('shop-api')], ports: tcp(8080) }],
    });
    expect(blocked(set)).toEqual([]);
  });

  it('let in who connects to them', () => {
    const set = isolated((chart) => {
      const plus = new kplus.Deployment(chart, 'plus', { containers: [{ image, portNumber: 80 }] });
      new Worker(chart, 'a', { image }).connectsTo(plus, { port: 80 });
    });
    expect(at(specOf(set, 'shop-isolation-shop-plus'), 'ingress')).toEqual([
      { from: [labels('shop-a')], ports: tcp(80) },
    ]);
    expect(blocked(set)).toEqual([]);
  });
});

describe('an isolated namespace that would cut off', () => {
  const told = (
    build: (chart: Chart) => unknown,
    profile: ClusterProfile = { ingressClass: 'traefik' },
  ): (string | undefined)[][] =>
    problemsOf(() => isolated(build, profile)).map(({ code, path, message, place }) => [
      code,
      path,
      message,
      place,
    ]);

  it('a route needs to know where the ingress controller is, or addresses', () => {
    const api = (chart: Chart): WebService =>
      new WebService(chart, 'api', { image, port: 8080, route: { host: 'shop.example' } });
    expect(told(api)).toEqual([
      [
        'MISSING_PROP',
        'route',
        'Required value: the namespace is isolated, and the profile of the environment does not say where its ingress controller is',
        'production/shop/api/connections',
      ],
    ]);
    expect(told((chart) => api(chart).allowFrom(cidr('10.0.0.0/16')))).toEqual([]);
  });

  it('a client on the network of its node fails', () => {
    const [[code, , message] = []] = told((chart) => {
      const db = new WebService(chart, 'db', { image, port: 5432 });
      new NodeAgent(chart, 'agent', { image, env: { DB: db.address }, hostNetwork: true });
    });
    expect(code).toBe('INVALID_PROP');
    expect(message).toContain('would cut off DaemonSet shop/shop-agent, which names its host');
  });

  it('pods without labels fails', () => {
    const found = told((chart) => {
      const db = new WebService(chart, 'db', { image, port: 5432 });
      new ApiObject(new Cdk8sChart(chart, 'x', { namespace: 'shop' }), 'a', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'a' },
        spec: { containers: [{ name: 'a', image, args: [db.address] }] },
      });
    });
    expect(found.map(([, path, message]) => [path, message])).toContainEqual([
      'isolated',
      'would cut off Pod shop/a: its pods have no labels to select them by',
    ]);
  });
});
