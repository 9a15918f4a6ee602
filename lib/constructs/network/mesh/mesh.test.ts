import * as kplus from 'cdk8s-plus-27';
import { at, problems, rendered } from '../../../../test/constructs/rendering';
import type { Chart, ClusterProfile, ManifestSet, Mtls, NamespaceProps } from '../../../index';
import {
  check,
  cidr,
  CronJob,
  ingress,
  Namespace,
  namespace,
  NodeAgent,
  StatefulService,
  WebService,
  Worker,
} from '../../../index';

const image = 'a/b:1';
const ISTIO: ClusterProfile = { mesh: 'istio', ingress: { namespace: 'edge' } };
const AMBIENT: ClusterProfile = { ...ISTIO, mesh: { kind: 'istio', mode: 'ambient' } };
const LINKERD: ClusterProfile = { ...ISTIO, mesh: 'linkerd' };
const shop = { namespace: 'shop' };

const render = (profile: ClusterProfile, build: (chart: Chart) => unknown): ManifestSet =>
  rendered(build, { profile, chart: shop });
const specOf = (set: ManifestSet, kind: string, name: string): unknown =>
  at(set.get({ kind, name }).object, 'spec');
const database = (chart: Chart, mtls?: Mtls): StatefulService =>
  new StatefulService(chart, 'db', {
    image,
    ports: { sql: { port: 5432 }, metrics: 9187 },
    ...(mtls !== undefined && { mesh: { mtls } }),
  });
const principal = (name: string): object => ({
  source: { principals: [`cluster.local/ns/shop/sa/${name}`] },
});
const blocked = (set: ManifestSet): string[] =>
  check(set)
    .filter(({ rule }) => /connection-blocked|network-policy|admission|mesh/.test(rule))
    .map(({ rule, message }) => `${rule}: ${message}`);

describe('pods are put into the mesh', () => {
  const podMeta = (
    profile: ClusterProfile,
    build: (chart: Chart) => unknown,
    kind = 'Deployment',
  ): unknown => {
    const template = kind === 'CronJob' ? 'spec.jobTemplate.spec.template' : 'spec.template';
    const object = render(profile, build).get({ kind }).object;
    const labels = at(object, `${template}.metadata.labels`) as Record<string, string>;
    const annotations = at(object, `${template}.metadata.annotations`) as Record<string, string> | undefined;
    const ofMesh = Object.entries({ ...labels, ...annotations }).filter(([key]) => /istio|linkerd/.test(key));
    return Object.fromEntries(ofMesh);
  };
  const web = (chart: Chart): WebService => new WebService(chart, 'web', { image, port: 8080 });
  const off = (chart: Chart): WebService => new WebService(chart, 'web', { image, port: 8080, mesh: false });
  const job = (chart: Chart): CronJob => new CronJob(chart, 'job', { image, schedule: '0 1 * * *' });
  const agent = (chart: Chart): NodeAgent => new NodeAgent(chart, 'agent', { image, hostNetwork: true });

  it.each<[string, ClusterProfile, (chart: Chart) => unknown, object, string?]>([
    ['with a proxy of Istio', ISTIO, web, { 'sidecar.istio.io/inject': 'true' }],
    [
      'of a revision',
      { mesh: { kind: 'istio', revision: '1-31' } },
      web,
      { 'sidecar.istio.io/inject': 'true', 'istio.io/rev': '1-31' },
    ],
    ['in ambient mode', AMBIENT, web, { 'istio.io/dataplane-mode': 'ambient' }],
    ['with a proxy of Linkerd', LINKERD, web, { 'linkerd.io/inject': 'enabled' }],
    ['or not, of Istio', ISTIO, off, { 'sidecar.istio.io/inject': 'false' }],
    ['or not, in ambient mode', AMBIENT, off, { 'istio.io/dataplane-mode': 'none' }],
    ['or not, of Linkerd', LINKERD, off, { 'linkerd.io/inject': 'disabled' }],
    ['or not, where there is none', {}, web, {}],
    ['or not, on the network of their node', ISTIO, agent, {}, 'DaemonSet'],
    [
      'and end, of Istio',
      ISTIO,
      job,
      { 'sidecar.istio.io/inject': 'true', 'sidecar.istio.io/nativeSidecar': 'true' },
      'CronJob',
    ],
    ['and end, in ambient mode', AMBIENT, job, { 'istio.io/dataplane-mode': 'ambient' }, 'CronJob'],
    ['and end, of a new Linkerd', LINKERD, job, { 'linkerd.io/inject': 'enabled' }, 'CronJob'],
    [
      'and end, of Linkerd 2.19',
      { ...LINKERD, installed: { linkerd: '2.19' } },
      job,
      { 'linkerd.io/inject': 'enabled', 'config.beta.linkerd.io/proxy-enable-native-sidecar': 'true' },
      'CronJob',
    ],
    [
      'and end, of Linkerd 2.17',
      { ...LINKERD, installed: { linkerd: 'v2.17.1' } },
      job,
      { 'linkerd.io/inject': 'enabled', 'config.alpha.linkerd.io/proxy-enable-native-sidecar': 'true' },
      'CronJob',
    ],
  ])('%s', (...[, profile, build, expected, kind]) => {
    expect(podMeta(profile, build, kind)).toEqual(expected);
  });

  it('refuses a mode of pods on the network of their node', () => {
    const found = problems(
      (chart) => new NodeAgent(chart, 'agent', { image, hostNetwork: true, mesh: { mtls: 'strict' } }),
      { profile: ISTIO },
    );
    expect(found.map(({ code, path }) => [code, path])).toEqual([['INVALID_PROP', 'mesh']]);
  });

  it('asks for a mesh where its mode is set', () => {
    const found = problems((chart) => database(chart, 'strict'), { profile: {} });
    expect(found.map(({ code, path }) => [code, path])).toEqual([['MISSING_PROP', 'mesh']]);
  });
});

it('refuses what only Istio has of Linkerd', () => {
  const mesh = { kind: 'linkerd', mode: 'ambient' } as unknown as NonNullable<ClusterProfile['mesh']>;
  const found = problems(() => undefined, { profile: { mesh } });
  expect(found.map(({ code, path }) => [code, path])).toEqual([['INVALID_PROP', 'profile.mesh.mode']]);
});

describe('a namespace that enforces a level of Pod Security', () => {
  const found = (
    mesh: ClusterProfile['mesh'],
    order: 'first' | 'last',
    props: NamespaceProps = {},
  ): unknown[] => {
    const faults = problems(
      (chart) => {
        const make = (): unknown => new Namespace(chart, 'ns', { name: 'shop', ...props });
        if (order === 'first') make();
        new Worker(chart, 'a', { image });
        new Worker(chart, 'b', { image });
        if (order === 'last') make();
      },
      { profile: mesh === undefined ? {} : { mesh }, chart: shop },
    );
    return faults.map(({ code, path, place }) => [code, path, place]);
  };
  const refused = [['INVALID_PROP', 'podSecurity', 'production/shop/ns']];

  it.each<[ClusterProfile['mesh'], NamespaceProps, unknown[]]>([
    ['istio', {}, refused],
    ['linkerd', { podSecurity: { enforce: 'baseline' } }, refused],
    ['istio', { podSecurity: 'privileged' }, []],
    ['istio', { podSecurity: { warn: 'restricted' } }, []],
    ['linkerd', { podSecurity: false }, []],
    [{ kind: 'istio', cni: true }, {}, []],
    [{ kind: 'istio', mode: 'ambient' }, {}, []],
    [undefined, {}, []],
  ])('refuses the pods of %j without a CNI plugin, with %j', (mesh, props, expected) => {
    expect(found(mesh, 'first', props)).toEqual(expected);
    expect(found(mesh, 'last', props)).toEqual(expected);
  });
});

describe('a connection in an Istio mesh', () => {
  it('is allowed by the account of the client', () => {
    const set = render(ISTIO, (chart) =>
      new Worker(chart, 'a', { image }).connectsTo(database(chart), { port: 'sql' }),
    );
    expect(specOf(set, 'AuthorizationPolicy', 'shop-db')).toEqual({
      selector: {
        matchLabels: { 'app.kubernetes.io/name': 'shop-db', 'app.kubernetes.io/instance': 'shop-db' },
      },
      action: 'ALLOW',
      rules: [
        { from: [principal('shop-a')], to: [{ operation: { ports: ['5432'] } }] },
        { from: [principal('shop-db')] },
      ],
    });
    expect(set.find({ kind: 'AuthorizationPolicy' })).toHaveLength(1);
    expect(blocked(set)).toEqual([]);
  });

  const rulesOf = (build: (chart: Chart) => unknown, profile = ISTIO): unknown =>
    (at(specOf(render(profile, build), 'AuthorizationPolicy', 'shop-db'), 'rules') as object[]).slice(0, -1);
  const to = (...ports: string[]): object => ({ to: [{ operation: { ports } }] });

  it.each<[string, (chart: Chart) => unknown, object[]]>([
    [
      'an account by name',
      (chart) => new Worker(chart, 'a', { image, serviceAccount: 'robot' }).connectsTo(database(chart)),
      [{ from: [principal('robot')], ...to('5432', '9187') }],
    ],
    [
      'a client in the mesh by a text alone',
      (chart) => {
        const db = database(chart);
        new Worker(chart, 'b', { image, env: { DB: db.url('postgres', '/x') } });
        new Worker(chart, 'a', { image }).connectsTo(db, { port: 'metrics' });
      },
      [
        { from: [principal('shop-a')], ...to('9187') },
        { from: [principal('shop-b')], ...to('5432') },
      ],
    ],
    [
      'anyone where the client is not in the mesh',
      (chart) => new Worker(chart, 'a', { image, mesh: false }).connectsTo(database(chart), { port: 'sql' }),
      [to('5432')],
    ],
    [
      'anyone where a client by a text may be outside of it',
      (chart) => {
        const db = database(chart);
        new kplus.Deployment(chart, 'b', {
          containers: [{ image, envVariables: { DB: kplus.EnvValue.fromValue(`${db.host}:5432`) } }],
        });
        new Worker(chart, 'a', { image }).connectsTo(db, { port: 'metrics' });
      },
      [{ from: [principal('shop-a')], ...to('9187') }, to('5432')],
    ],
    [
      'pods of a namespace',
      (chart) => database(chart).allowFrom(namespace('ops'), { port: 'sql' }),
      [to('5432')],
    ],
    [
      'pods of a namespace that are in the mesh',
      (chart) => database(chart).allowFrom(namespace('ops', { mesh: true }), { port: 'sql' }),
      [{ from: [{ source: { namespaces: ['ops'] } }], ...to('5432') }],
    ],
    [
      'an account of another namespace',
      (chart) =>
        database(chart).allowFrom(namespace('ops', { mesh: { serviceAccount: 'bot' } }), { port: 'sql' }),
      [{ from: [{ source: { principals: ['cluster.local/ns/ops/sa/bot'] } }], ...to('5432') }],
    ],
    [
      'the ingress controller',
      (chart) => database(chart).allowFrom(ingress(), { port: 'sql' }),
      [to('5432')],
    ],
    [
      'addresses',
      (chart) => database(chart).allowFrom(cidr('10.0.0.0/8', { except: ['10.1.0.0/16'] }), { port: 'sql' }),
      [
        {
          from: [{ source: { ipBlocks: ['10.0.0.0/8'], notIpBlocks: ['10.1.0.0/16'] } }],
          ...to('5432'),
        },
      ],
    ],
  ])('lets in %s', (_, build, rules) => {
    expect(rulesOf(build)).toEqual(rules);
  });

  it('lets in what the profile says is in the mesh, by its account, for routes and metrics', () => {
    const meshed: ClusterProfile = {
      mesh: { kind: 'istio', mtls: 'strict' },
      ingressClass: 'edge',
      ingress: { namespace: 'edge', mesh: true },
      monitoring: { namespace: 'monitoring', mesh: { serviceAccount: 'prometheus' } },
    };
    const set = rendered(
      (chart) =>
        new WebService(chart, 'web', {
          image,
          ports: { http: 8080, metrics: 9090 },
          route: { host: 'web.example' },
          scrape: 'metrics',
        }),
      { profile: meshed, chart: { ...shop, isolated: true } },
    );
    expect(at(specOf(set, 'AuthorizationPolicy', 'shop-web'), 'rules')).toEqual([
      { from: [{ source: { namespaces: ['edge'] } }], ...to('8080') },
      { from: [{ source: { principals: ['cluster.local/ns/monitoring/sa/prometheus'] } }], ...to('9090') },
    ]);
    expect(at(specOf(set, 'PeerAuthentication', 'shop-web'), 'portLevelMtls')).toBeUndefined();
  });

  it('refuses an account that no ServiceAccount can have as its name', () => {
    const found = problems(
      (chart) => database(chart).allowFrom(namespace('ops', { mesh: { serviceAccount: 'A b' } })),
      { profile: ISTIO },
    );
    expect(found.map(({ code, path }) => [code, path])).toEqual([['INVALID_NAME', 'mesh.serviceAccount']]);
  });

  it('denies everything where nobody is let in, and nothing where nobody is kept out', () => {
    const set = rendered((chart) => new Worker(chart, 'a', { image }), {
      profile: ISTIO,
      chart: { ...shop, isolated: true },
    });
    expect(at(specOf(set, 'AuthorizationPolicy', 'shop-a'), 'rules')).toBeUndefined();
    const open = render(ISTIO, (chart) =>
      new Worker(chart, 'a', { image }).allowTo(cidr('10.0.0.0/8'), { port: 1 }),
    );
    expect(open.find({ kind: 'AuthorizationPolicy' })).toEqual([]);
  });

  it('lets proxies reach the control plane', () => {
    const set = render(ISTIO, (chart) => new Worker(chart, 'a', { image }).connectsTo(database(chart)));
    expect(at(specOf(set, 'NetworkPolicy', 'shop-a'), 'egress')).toContainEqual({
      to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'istio-system' } } }],
      ports: [{ protocol: 'TCP', port: 15012 }],
    });
  });

  it('is tunnelled in ambient mode', () => {
    const set = render(AMBIENT, (chart) =>
      new Worker(chart, 'a', { image }).connectsTo(database(chart), { port: 'sql' }),
    );
    const ports = [5432, 15008].map((port) => ({ protocol: 'TCP', port }));
    expect(at(specOf(set, 'NetworkPolicy', 'shop-a'), 'egress.1.ports')).toEqual(ports);
    expect(at(specOf(set, 'NetworkPolicy', 'shop-a'), 'egress')).toHaveLength(2);
    expect(at(specOf(set, 'NetworkPolicy', 'shop-db'), 'ingress.0.ports')).toEqual(ports);
    expect(at(specOf(set, 'NetworkPolicy', 'shop-db'), 'ingress')).toContainEqual({
      from: [{ ipBlock: { cidr: '169.254.7.127/32' } }],
    });
    expect(blocked(set)).toEqual([]);
  });

  it('takes mutual TLS alone where it is strict, and nobody without it is let in', () => {
    const set = render(ISTIO, (chart) => {
      const db = database(chart, 'strict').allowFrom(namespace('prometheus'), { port: 'metrics' });
      new Worker(chart, 'a', { image }).connectsTo(db, { port: 'sql' });
    });
    expect(specOf(set, 'PeerAuthentication', 'shop-db')).toMatchObject({
      mtls: { mode: 'STRICT' },
      portLevelMtls: { 9187: { mode: 'PERMISSIVE' } },
    });
  });

  it('knows clients without a proxy by their texts, also where nothing is connected', () => {
    const set = render({ ...ISTIO, mesh: { kind: 'istio', mtls: 'strict' } }, (chart) => {
      const db = database(chart);
      new Worker(chart, 'a', { image, mesh: false, env: { DB: db.url('postgres') } });
    });
    expect(specOf(set, 'PeerAuthentication', 'shop-db')).toMatchObject({
      portLevelMtls: { 5432: { mode: 'PERMISSIVE' } },
    });
    expect(set.find({ kind: 'AuthorizationPolicy' })).toEqual([]);
  });
});

describe('a connection in a Linkerd mesh', () => {
  const callers = (set: ManifestSet, port: string): unknown =>
    at(specOf(set, 'MeshTLSAuthentication', `shop-db-${port}`), 'identityRefs');
  const account = (name: string): object => ({ kind: 'ServiceAccount', name, namespace: 'shop' });

  it('is allowed by the account of the client, for each port', () => {
    const set = render(LINKERD, (chart) =>
      new Worker(chart, 'a', { image }).connectsTo(database(chart), { port: 'sql' }),
    );
    expect(specOf(set, 'Server', 'shop-db-sql')).toMatchObject({
      port: 5432,
      proxyProtocol: 'opaque',
      accessPolicy: 'deny',
    });
    expect(specOf(set, 'Server', 'shop-db-metrics')).toMatchObject({ proxyProtocol: 'unknown' });
    expect(callers(set, 'sql')).toEqual([account('shop-db'), account('shop-a')]);
    expect(callers(set, 'metrics')).toEqual([account('shop-db')]);
    expect(specOf(set, 'AuthorizationPolicy', 'shop-db-sql')).toEqual({
      targetRef: { group: 'policy.linkerd.io', kind: 'Server', name: 'shop-db-sql' },
      requiredAuthenticationRefs: [
        { group: 'policy.linkerd.io', kind: 'MeshTLSAuthentication', name: 'shop-db-sql' },
      ],
    });
    expect(blocked(set)).toEqual([]);
  });

  it('goes to the port of proxies, which reach the control plane', () => {
    const set = render(LINKERD, (chart) =>
      new Worker(chart, 'a', { image }).connectsTo(database(chart), { port: 'sql' }),
    );
    const egress = at(specOf(set, 'NetworkPolicy', 'shop-a'), 'egress') as object[];
    expect(at(egress, '1.ports')).toContainEqual({ protocol: 'TCP', port: 4143 });
    expect(egress.at(-1)).toEqual({
      to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'linkerd' } } }],
      ports: [8080, 8086, 8090, 4143].map((port) => ({ protocol: 'TCP', port })),
    });
  });

  it('stays open on ports that callers outside of the mesh may call', () => {
    const set = render(LINKERD, (chart) =>
      database(chart).allowFrom(namespace('prometheus'), { port: 'metrics' }),
    );
    expect(specOf(set, 'Server', 'shop-db-metrics')).toMatchObject({ accessPolicy: 'all-unauthenticated' });
    expect(specOf(set, 'Server', 'shop-db-sql')).toMatchObject({ accessPolicy: 'deny' });
  });

  it('is allowed to pods of a namespace that are in the mesh, by their identity', () => {
    const set = render(LINKERD, (chart) =>
      database(chart)
        .allowFrom(namespace('ops', { mesh: true }), { port: 'sql' })
        .allowFrom(namespace('prometheus', { mesh: { serviceAccount: 'server' } }), { port: 'metrics' }),
    );
    expect(callers(set, 'sql')).toEqual([account('shop-db'), { kind: 'Namespace', name: 'ops' }]);
    expect(callers(set, 'metrics')).toEqual([
      account('shop-db'),
      { kind: 'ServiceAccount', name: 'server', namespace: 'prometheus' },
    ]);
    expect(specOf(set, 'Server', 'shop-db-metrics')).toMatchObject({ accessPolicy: 'deny' });
  });

  it('takes mutual TLS alone where it is strict, without a connection, too', () => {
    const set = render(LINKERD, (chart) => database(chart, 'strict'));
    expect(specOf(set, 'Server', 'shop-db-sql')).toMatchObject({ accessPolicy: 'all-authenticated' });
    expect(set.find({ kind: 'MeshTLSAuthentication' })).toEqual([]);
    const open = render(LINKERD, (chart) => database(chart, 'permissive'));
    expect(specOf(open, 'Server', 'shop-db-sql')).toMatchObject({ accessPolicy: 'all-unauthenticated' });
  });

  it('needs a release whose Servers have a policy of their own', () => {
    const found = problems((chart) => new Worker(chart, 'a', { image }).connectsTo(database(chart)), {
      profile: { ...LINKERD, installed: { linkerd: '2.15' } },
    });
    expect(found.map(({ code, path }) => [code, path])).toContainEqual(['INVALID_PROP', 'mesh']);
  });
});
