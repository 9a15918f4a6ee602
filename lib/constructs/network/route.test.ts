import type { ClusterProfile, RouteProps, WebServiceProps } from '../../index';
import {
  App,
  Chart,
  check,
  Environment,
  existing,
  Route,
  StatefulService,
  synth,
  WebService,
  Worker,
} from '../../index';
import type { Surroundings } from '../../../test/constructs/rendering';
import { at, faults, only, problems, rendered } from '../../../test/constructs/rendering';

const PROPS: WebServiceProps = { image: 'acme/web:1', port: 8080 };

function web(props: Partial<WebServiceProps> = {}, around: Surroundings = {}) {
  return rendered((chart) => new WebService(chart, 'web', { ...PROPS, ...props }), around);
}

describe('the route of a WebService', () => {
  const route = { host: 'shop.example' };

  it('is an Ingress', () => {
    const { object } = web({ route }, { profile: { ingressClass: 'nginx' } }).get({ kind: 'Ingress' });
    expect(object['spec']).toEqual({
      ingressClassName: 'nginx',
      rules: [
        {
          host: 'shop.example',
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name: 'shop-web', port: { name: 'http' } } },
              },
            ],
          },
        },
      ],
    });
  });

  it('asks for a certificate where the cluster gives them out', () => {
    const profile = {
      ingressClass: 'traefik',
      clusterIssuer: 'letsencrypt',
      installed: ['cert-manager'],
    } as const;
    const { object } = web({ route: { ...route, tls: true } }, { profile }).get({ kind: 'Ingress' });
    expect(object.metadata.annotations).toEqual({ 'cert-manager.io/cluster-issuer': 'letsencrypt' });
    expect(at(object, 'spec.tls')).toEqual([{ hosts: ['shop.example'], secretName: 'shop-web-tls' }]);
  });

  it('takes a certificate that is there', () => {
    const profile = {
      ingressClass: 'traefik',
      clusterIssuer: 'letsencrypt',
      installed: ['cert-manager'],
    } as const;
    const { object } = web({ route: { ...route, tls: 'wildcard' } }, { profile }).get({ kind: 'Ingress' });
    expect(object.metadata).not.toHaveProperty('annotations');
    expect(at(object, 'spec.tls.0.secretName')).toBe('wildcard');
  });

  it('is an HTTPRoute where the cluster has a Gateway', () => {
    const profile = { gateway: { name: 'edge', namespace: 'infra', listener: 'https' } };
    const set = web({ route: { ...route, path: '/api', annotations: { a: 'b' } } }, { profile });
    expect(set.find({ kind: 'Ingress' })).toEqual([]);
    expect(set.get({ kind: 'HTTPRoute' }).object).toMatchObject({
      apiVersion: 'gateway.networking.k8s.io/v1',
      metadata: { annotations: { a: 'b' }, name: 'shop-web' },
      spec: {
        hostnames: ['shop.example'],
        parentRefs: [{ name: 'edge', namespace: 'infra', sectionName: 'https' }],
        rules: [
          {
            backendRefs: [{ name: 'shop-web', port: 8080 }],
            matches: [{ path: { type: 'PathPrefix', value: '/api' } }],
          },
        ],
      },
    });
  });

  it('leads to the port that it names', () => {
    const ports = { api: 8080, admin: 9090 };
    const build = (port: string) => web({ port: undefined as never, ports, route: { ...route, port } });
    expect(
      at(build('admin').get({ kind: 'Ingress' }).object, 'spec.rules.0.http.paths.0.backend.service.port'),
    ).toEqual({ name: 'admin' });
  });

  it.each<[object, string]>([
    [{}, 'MISSING_PROP route.host'],
    [{ host: 'Shop Example' }, 'INVALID_NAME route.host'],
    [{ host: '10.0.0.1' }, 'INVALID_NAME route.host'],
    [{ ...route, path: 'api' }, 'INVALID_PROP route.path'],
    [{ ...route, path: '/a//b' }, 'INVALID_PROP route.path'],
    [{ ...route, path: '/a/../b' }, 'INVALID_PROP route.path'],
    [{ ...route, port: 'admin' }, 'INVALID_PORT route.port'],
    [{ ...route, tls: 'no name' }, 'INVALID_NAME route.tls'],
    [{ ...route, hosts: [] }, 'UNKNOWN_PROP route.hosts'],
    [{ ...route, annotations: { a: 1 } }, 'INVALID_LABEL route.annotations.a'],
  ])('is told of %j', (wrong, fault) => {
    expect(faults((chart) => new WebService(chart, 'web', { ...PROPS, route: wrong }))).toEqual([fault]);
  });

  it('says what is wrong with it', () => {
    const words = (wrong: object) =>
      problems((chart) => new WebService(chart, 'web', { ...PROPS, route: wrong })).map(
        ({ message, hint }) => [message, hint],
      );
    expect(words({})).toEqual([
      ['Required value: a route needs a host', "Set `host`, such as 'shop.example'."],
    ]);
    expect(words({ host: '10.0.0.1' })).toEqual([
      ['Invalid value: "10.0.0.1": must be a DNS name, not an IP address', undefined],
    ]);
    expect(words({ ...route, path: 'api' })).toEqual([
      ['Invalid value: "api": must be an absolute path', undefined],
    ]);
    expect(words({ ...route, port: 'admin' })).toEqual([
      ['unknown port "admin"; the Service has http', undefined],
    ]);
  });

  it('is reachable, so that it can be changed', () => {
    const set = rendered((chart) => {
      const service = new WebService(chart, 'web', { ...PROPS, route });
      service.route?.override({ metadata: { annotations: { extra: 'yes' } } });
      expect(new WebService(chart, 'inside', PROPS).route).toBeUndefined();
    });
    expect(set.get({ kind: 'Ingress' }).object.metadata.annotations).toEqual({ extra: 'yes' });
  });

  it('takes any host below a name', () => {
    expect(web({ route: { host: '*.shop.example' } }).find({ kind: 'Ingress' })).toHaveLength(1);
  });
});

const GATEWAY: ClusterProfile = { gateway: { name: 'edge', namespace: 'infra', listener: 'https' } };

/** `spec` of the route of a WebService with these props, on a Gateway. */
function specOn(
  route: NonNullable<WebServiceProps['routes']>,
  profile = GATEWAY,
  more: object = {},
): unknown {
  const all = {
    image: 'acme/web:1',
    ports: { http: 8080, grpc: 9000, metrics: 9090 },
    routes: route,
    ...more,
  };
  const set = rendered((chart) => new WebService(chart, 'web', all), { profile });
  return [...set].find(({ id }) => /Route$|Ingress/.test(id.kind))?.object['spec'];
}

const ruleOf = (route: Omit<RouteProps, 'host'>, profile = GATEWAY): unknown =>
  at(specOn({ host: 'shop.example', ...route }, profile), 'rules.0');

describe('routes of a WebService', () => {
  it('are a host, an object or a list of both', () => {
    const routesOf = (props: object): unknown =>
      rendered((chart) => new WebService(chart, 'web', { ...PROPS, ...props }), { profile: GATEWAY })
        .find({ kind: 'HTTPRoute' })
        .map(({ id, object }) => [id.name, at(object, 'spec.hostnames')]);
    const [a, b] = ['a.example', 'b.example'];
    expect(routesOf({ route: a })).toEqual([['shop-web', [a]]]);
    expect(routesOf({ routes: a })).toEqual([['shop-web', [a]]]);
    expect(routesOf({ routes: { host: [a, b] } })).toEqual([['shop-web', [a, b]]]);
    expect(routesOf({ route: a, routes: [b, { host: 'c.example' }] })).toEqual([
      ['shop-web', [a]],
      ['shop-web-route-2', [b]],
      ['shop-web-route-3', ['c.example']],
    ]);
  });

  it('are members, the first as route', () => {
    rendered(
      (chart) => {
        const service = new WebService(chart, 'web', { ...PROPS, routes: ['a.example', 'b.example'] });
        expect(service.routes.map(({ kind, name }) => [kind, name])).toEqual([
          ['HTTPRoute', 'shop-web'],
          ['HTTPRoute', 'shop-web-route-2'],
        ]);
        expect(service.route).toBe(service.routes[0]);
        expect(new WebService(chart, 'inside', PROPS).routes).toEqual([]);
      },
      { profile: GATEWAY },
    );
  });

  it('take several paths, and lead some of them to another port', () => {
    expect(
      at(
        specOn({ host: 'shop.example', paths: ['/', '/v2', { exact: '/healthz', port: 'metrics' }] }),
        'rules',
      ),
    ).toEqual([
      {
        matches: [
          { path: { type: 'PathPrefix', value: '/' } },
          { path: { type: 'PathPrefix', value: '/v2' } },
        ],
        backendRefs: [{ name: 'shop-web', port: 8080 }],
      },
      {
        matches: [{ path: { type: 'Exact', value: '/healthz' } }],
        backendRefs: [{ name: 'shop-web', port: 9090 }],
      },
    ]);
    expect(at(ruleOf({ paths: [{ regex: '/v[0-9]+' }] }), 'matches.0.path')).toEqual({
      type: 'RegularExpression',
      value: '/v[0-9]+',
    });
  });

  it('match methods, headers and parameters, all that is said of one and any of several', () => {
    const path = { type: 'PathPrefix', value: '/' };
    const match = [{ headers: { 'x-canary': 'yes', version: { regex: '2.*' } } }, { query: { v: '2' } }];
    expect(at(ruleOf({ methods: ['GET', 'POST'], match }), 'matches')).toEqual(
      ['GET', 'POST'].flatMap((method) => [
        {
          path,
          headers: [
            { name: 'x-canary', value: 'yes' },
            { type: 'RegularExpression', name: 'version', value: '2.*' },
          ],
          method,
        },
        { path, queryParams: [{ name: 'v', value: '2' }], method },
      ]),
    );
  });

  it('change headers, addresses and the time that a request may take', () => {
    const headers = { set: { 'x-edge': '1' }, add: { via: 'edge' }, remove: ['cookie'] };
    expect(ruleOf({ headers, responseHeaders: { remove: ['server'] }, timeout: '10s' })).toMatchObject({
      filters: [
        {
          type: 'RequestHeaderModifier',
          requestHeaderModifier: {
            set: [{ name: 'x-edge', value: '1' }],
            add: [{ name: 'via', value: 'edge' }],
            remove: ['cookie'],
          },
        },
        { type: 'ResponseHeaderModifier', responseHeaderModifier: { remove: ['server'] } },
      ],
      timeouts: { request: '10s' },
    });
    expect(at(ruleOf({ timeout: { request: '1m', backendRequest: '10s' } }), 'timeouts')).toEqual({
      request: '1m',
      backendRequest: '10s',
    });
    expect(at(ruleOf({ path: '/v2', rewrite: '/' }), 'filters.0.urlRewrite')).toEqual({
      path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' },
    });
    expect(at(ruleOf({ paths: [{ exact: '/a', rewrite: '/b' }] }), 'filters.0.urlRewrite')).toEqual({
      path: { type: 'ReplaceFullPath', replaceFullPath: '/b' },
    });
    expect(at(ruleOf({ rewrite: { host: 'in.example' } }), 'filters.0.urlRewrite')).toEqual({
      hostname: 'in.example',
    });
  });

  it('have one rule for each path and match where a prefix is replaced', () => {
    const rules = at(
      specOn({ host: 'a.example', paths: ['/a', '/b'], methods: ['GET', 'PUT'], rewrite: '/' }),
      'rules',
    );
    expect(
      (rules as object[]).map((rule) => [at(rule, 'matches.length'), at(rule, 'matches.0.path.value')]),
    ).toEqual([
      [1, '/a'],
      [1, '/a'],
      [1, '/b'],
      [1, '/b'],
    ]);
  });

  it.each<[RouteProps['redirect'] & {}, object]>([
    ['https://shop.example', { scheme: 'https', hostname: 'shop.example' }],
    ['https://shop.example/', { scheme: 'https', hostname: 'shop.example' }],
    [
      'http://shop.example:8080/new',
      {
        scheme: 'http',
        hostname: 'shop.example',
        port: 8080,
        path: { type: 'ReplaceFullPath', replaceFullPath: '/new' },
      },
    ],
    [
      { scheme: 'https', status: 301 },
      { scheme: 'https', statusCode: 301 },
    ],
    [{ prefix: '/v2' }, { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/v2' } }],
  ])('redirect to %j, and lead nowhere', (redirect, requestRedirect) => {
    expect(ruleOf({ redirect })).toEqual({
      matches: [{ path: { type: 'PathPrefix', value: '/' } }],
      filters: [{ type: 'RequestRedirect', requestRedirect }],
    });
  });

  it('do not lead to a port for metrics that comes first', () => {
    const more = { ports: { metrics: 9090, http: 8080 } };
    expect(at(specOn('shop.example', GATEWAY, more), 'rules.0.backendRefs.0.port')).toBe(8080);
    expect(at(specOn('shop.example', { ingressClass: 'a' }, more), 'rules.0.http.paths.0.backend')).toEqual({
      service: { name: 'shop-web', port: { name: 'http' } },
    });
  });

  it('do not lead to a port that is scraped, unless its name is one for clients', () => {
    const more = { ports: { admin: 9090, http: 8080 }, scrape: 'admin' };
    const port = 'rules.0.backendRefs.0.port';
    expect(at(specOn('shop.example', GATEWAY, more), port)).toBe(8080);
    expect(at(specOn({ host: 'shop.example', port: 'admin' }, GATEWAY, more), port)).toBe(9090);
    expect(at(specOn('shop.example', GATEWAY, { ports: { admin: 9090 }, scrape: 'admin' }), port)).toBe(9090);
    const both = { ports: { http: 8080, grpc: 9000 }, scrape: [{ port: 'http' }] };
    expect(at(specOn('shop.example', GATEWAY, both), port)).toBe(8080);
  });

  it('lead to ports that the Service has', () => {
    const service = { ports: { http: 80 } };
    expect(at(specOn('shop.example', GATEWAY, { service }), 'rules.0.backendRefs.0.port')).toBe(80);
    expect(
      faults(
        (chart) =>
          new WebService(chart, 'web', {
            image: 'acme/web:1',
            ports: { http: 8080, admin: 9000 },
            service,
            route: { host: 'shop.example', port: 'admin' },
          }),
      ),
    ).toEqual(['INVALID_PORT route.port']);
  });

  it.each<[string, string, object]>([
    ['gRPC services', 'GRPCRoute', { match: [{ service: 'shop.Orders', method: 'Place' }], port: 'grpc' }],
    ['a port for gRPC', 'GRPCRoute', { port: 'grpc' }],
    ['paths of a port for gRPC', 'HTTPRoute', { port: 'grpc', path: '/shop.Orders' }],
    ['what they say', 'TLSRoute', { protocol: 'TLS' }],
  ])('are of the kind for %s', (_, kind, route) => {
    const set = rendered(
      (chart) =>
        new WebService(chart, 'web', {
          image: 'acme/web:1',
          ports: { http: 8080, grpc: 9000 },
          route: { host: 'shop.example', ...route },
        }),
      { profile: GATEWAY },
    );
    expect(set.find({ kind })).toHaveLength(1);
    expect(check(set).filter(({ rule }) => rule.startsWith('admission/'))).toEqual([]);
  });

  it('match calls of gRPC', () => {
    const match = [
      { service: 'shop.Orders', method: 'Place' },
      { service: 'shop.Carts', headers: { a: 'b' } },
    ];
    expect(ruleOf({ match, port: 'grpc', headers: { set: { c: 'd' } } })).toEqual({
      matches: [
        { method: { service: 'shop.Orders', method: 'Place' } },
        { method: { service: 'shop.Carts' }, headers: [{ name: 'a', value: 'b' }] },
      ],
      filters: [
        { type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'c', value: 'd' }] } },
      ],
      backendRefs: [{ name: 'shop-web', port: 9000 }],
    });
  });

  it('take all that reaches a listener for TCP and UDP', () => {
    const ports = { sql: 5432 };
    const on = (route: object): unknown => specOn(route, GATEWAY, { ports });
    expect(on({ protocol: 'TCP', listener: 'sql' })).toEqual({
      parentRefs: [{ name: 'edge', namespace: 'infra', sectionName: 'sql' }],
      rules: [{ backendRefs: [{ name: 'shop-web', port: 5432 }] }],
    });
    const told = (route: object): readonly string[] =>
      faults((chart) => new WebService(chart, 'web', { image: 'a/b:1', ports, route }), { profile: GATEWAY });
    expect(told({ protocol: 'TCP' })).toEqual(['MISSING_PROP route.listener']);
    expect(told({ protocol: 'UDP', listener: 'a', host: 'a.example' })).toEqual(['INVALID_PROP route.host']);
    expect(told({ protocol: 'TLS', host: 'a.example', path: '/a', timeout: '1s', tls: true })).toEqual([
      'INVALID_PROP route.path',
      'INVALID_PROP route.timeout',
      'INVALID_PROP route.tls',
    ]);
  });

  it.each<[object, string]>([
    [{ host: [] }, 'MISSING_PROP route.host'],
    [{ host: ['a.example', 'A B'] }, 'INVALID_NAME route.host[1]'],
    [{ host: ['a.example', 'a.example'] }, 'INVALID_NAME route.host[1]'],
    [{ paths: ['/a', 'b'] }, 'INVALID_PROP route.paths[1]'],
    [{ paths: [{ exact: 'b' }] }, 'INVALID_PROP route.paths[0].exact'],
    [{ paths: [{ exact: '/b', prefix: '/c' }] }, 'INVALID_PROP route.paths[0].exact'],
    [{ paths: [{ exact: '/b', timeout: 'soon' }] }, 'INVALID_PROP route.paths[0].timeout'],
    [{ methods: ['get'] }, 'INVALID_PROP route.methods[0]'],
    [{ methods: [] }, 'MISSING_PROP route.methods'],
    [{ match: [] }, 'MISSING_PROP route.match'],
    [{ match: { headers: { 'a b': 'c' } } }, 'INVALID_PROP route.match.headers.a b'],
    [{ headers: { set: { 'a b': 'c' } } }, 'INVALID_PROP route.headers.set.a b'],
    [{ headers: {} }, 'MISSING_PROP route.headers'],
    [{ timeout: 10 }, 'INVALID_PROP route.timeout'],
    [{ timeout: { request: '1 hour' } }, 'INVALID_PROP route.timeout.request'],
    [{ redirect: 'shop.example' }, 'INVALID_PROP route.redirect'],
    [{ redirect: { status: 200 } }, 'INVALID_PROP route.redirect.status'],
    [{ redirect: {} }, 'MISSING_PROP route.redirect'],
    [{ redirect: { path: '/a', prefix: '/b' } }, 'INVALID_PROP route.redirect.prefix'],
    [{ redirect: 'https://a.example', timeout: '1s' }, 'INVALID_PROP route.timeout'],
    [{ rewrite: 'v1' }, 'INVALID_PROP route.rewrite'],
    [{ paths: [{ exact: '/a', rewrite: { prefix: '/b' } }] }, 'INVALID_PROP route.paths[0].rewrite.prefix'],
    [{ tls: 'wildcard' }, 'INVALID_PROP route.tls'],
    [{ to: [] }, 'MISSING_PROP route.to'],
    [{ to: existing('Service', 'other') }, 'MISSING_PROP route.to.port'],
    [{ to: existing('Secret', 'other') }, 'INVALID_PROP route.to.service'],
    [{ protocol: 'GRPC', timeout: '1s' }, 'INVALID_PROP route.timeout'],
    [{ protocol: 'GRPC', path: '/a' }, 'INVALID_PROP route.path'],
    [{ match: [{ service: 'a.B', query: { a: 'b' } }] }, 'INVALID_PROP route.match[0].query'],
    [{ hosts: ['a.example'] }, 'UNKNOWN_PROP route.hosts'],
  ])('are told of %j', (wrong, fault) => {
    const build = (chart: Chart): WebService =>
      new WebService(chart, 'web', { ...PROPS, route: { host: 'shop.example', ...wrong } });
    expect(faults(build, { profile: GATEWAY })).toEqual([fault]);
  });
});

describe('the profile of a route', () => {
  const told = (route: object, profile: ClusterProfile): readonly (string | undefined)[][] =>
    problems((chart) => new WebService(chart, 'web', { ...PROPS, route: { host: 'a.example', ...route } }), {
      profile,
    }).map(({ code, path, message, hint }) => [`${code} ${path ?? ''}`, message, hint]);

  it('has a Gateway or an Ingress class', () => {
    expect(told({}, {})).toEqual([
      [
        'MISSING_PROP route',
        'Required value: the profile of the environment has neither a Gateway nor an Ingress class',
        "Set `gateway: { name: '…' }` in the profile, or `ingressClass: '…'`, a name that `kubectl get ingressclass` prints.",
      ],
    ]);
  });

  it('says which versions and fields of the Gateway API there are', () => {
    const of = (version: string, channel: 'standard' | 'experimental' = 'standard'): ClusterProfile => ({
      ...GATEWAY,
      gatewayApi: { version, channel },
    });
    const grpc = { protocol: 'GRPC' };
    expect(told(grpc, of('1.0'))).toEqual([
      [
        'INVALID_PROP route',
        'Forbidden: the standard channel of Gateway API 1.0 has no GRPCRoute',
        'It is in the standard channel from 1.1 on, and in the experimental channel from 1.0 on. Set `gatewayApi` of the profile to what the cluster has.',
      ],
    ]);
    expect(told({ timeout: '1s' }, of('1.1')).map(([place]) => place)).toEqual([
      'INVALID_PROP route.timeout',
    ]);
    expect(told({ timeout: '1s' }, of('1.2'))).toEqual([]);
    expect(told({ redirect: { status: 308 } }, of('1.3')).map(([place]) => place)).toEqual([
      'INVALID_PROP route.redirect.status',
    ]);
    const tls = { protocol: 'TLS' } as const;
    expect(told(tls, of('1.4')).map(([, message]) => message)).toEqual([
      'Forbidden: the standard channel of Gateway API 1.4 has no TLSRoute',
    ]);
    const versionOf = (route: object, profile: ClusterProfile): unknown =>
      only(
        `${(route as { protocol: string }).protocol}Route`,
        (chart) => new WebService(chart, 'web', { ...PROPS, route: { host: 'a.example', ...route } }),
        { profile },
      ).apiVersion;
    expect(versionOf(grpc, of('1.0', 'experimental'))).toBe('gateway.networking.k8s.io/v1alpha2');
    expect(versionOf(tls, of('1.4', 'experimental'))).toBe('gateway.networking.k8s.io/v1alpha3');
    expect(versionOf(tls, of('1.5'))).toBe('gateway.networking.k8s.io/v1');
  });

  it.each<[object, string, string]>([
    [{ methods: ['GET'] }, 'route.methods', 'matches by method'],
    [{ match: { headers: { a: 'b' } } }, 'route.match', 'matches by header, query or gRPC method'],
    [{ headers: { remove: ['a'] } }, 'route.headers', 'changes of headers'],
    [{ redirect: 'https://b.example' }, 'route.redirect', 'redirects'],
    [{ rewrite: '/' }, 'route.rewrite', 'rewrites'],
    [{ timeout: '1s' }, 'route.timeout', 'timeouts'],
    [{ listener: 'http' }, 'route.listener', 'listeners'],
    [{ paths: [{ regex: '/a.*' }] }, 'route.paths[0].regex', 'paths by regular expression'],
    [{ paths: [{ prefix: '/a', timeout: '1s' }] }, 'route.paths[0].timeout', 'timeouts'],
    [{ protocol: 'TLS' }, 'route.protocol', 'routes for TLS'],
  ])('without a Gateway has no %j', (route, path, what) => {
    expect(told(route, { ingressClass: 'traefik' })).toEqual([
      [
        `INVALID_PROP ${path}`,
        `Forbidden: an Ingress has no ${what}`,
        expect.stringContaining("Set `gateway` in the environment's profile"),
      ],
    ]);
  });

  it('makes an Ingress with several hosts and paths', () => {
    const route = { host: ['a.example', 'b.example'], paths: ['/', { exact: '/ok' }], tls: 'cert' };
    const spec = specOn(route, { ingressClass: 'traefik' }) as { rules: object[]; tls: unknown };
    expect(spec.rules.map((rule) => at(rule, 'host'))).toEqual(['a.example', 'b.example']);
    expect(
      (at(spec, 'rules.1.http.paths') as object[]).map((each) => [at(each, 'path'), at(each, 'pathType')]),
    ).toEqual([
      ['/', 'Prefix'],
      ['/ok', 'Exact'],
    ]);
    expect(spec.tls).toEqual([{ hosts: ['a.example', 'b.example'], secretName: 'cert' }]);
  });
});

describe('a route to several services', () => {
  const canaryOf = (chart: Chart): WebService => new WebService(chart, 'canary', PROPS);
  const backends = (build: (chart: Chart) => RouteProps['to'] & {}): unknown =>
    at(
      only(
        'HTTPRoute',
        (chart) => new WebService(chart, 'web', { ...PROPS, route: { host: 'a.example', to: build(chart) } }),
        { profile: GATEWAY },
      ),
      'spec.rules.0.backendRefs',
    );
  const [web, canary] = ['shop-web', 'shop-canary'].map((name) => ({ name, port: 8080 }));

  it('gives the workload what is left of 100', () => {
    expect(backends((chart) => [{ service: canaryOf(chart), weight: 10 }])).toEqual([
      { ...web, weight: 90 },
      { ...canary, weight: 10 },
    ]);
    expect(backends((chart) => canaryOf(chart))).toEqual([canary]);
    expect(backends((chart) => ({ service: canaryOf(chart), weight: 100 }))).toEqual([canary]);
    expect(backends(() => [{ service: existing('Service', 'old'), port: 80, weight: 30 }])).toEqual([
      { ...web, weight: 70 },
      { name: 'old', port: 80, weight: 30 },
    ]);
  });

  it('is told of more than 100', () => {
    const build = (chart: Chart): WebService => {
      const service = canaryOf(chart);
      const to = [
        { service, weight: 60 },
        { service, weight: 50 },
      ];
      return new WebService(chart, 'web', { ...PROPS, route: { host: 'a.example', to } });
    };
    expect(faults(build, { profile: GATEWAY })).toEqual(['INVALID_PROP route.to']);
  });

  it('opens the ports of each of them to everyone, once', () => {
    const set = rendered(
      (chart) => {
        const service = new WebService(chart, 'canary', PROPS);
        const to = [{ service, weight: 10 }];
        new WebService(chart, 'web', { ...PROPS, routes: [{ host: 'a.example', to }, 'b.example'] });
        new Worker(chart, 'client', { image: 'a/b:1' }).connectsTo(service);
      },
      { profile: GATEWAY },
    );
    expect(at(set.get({ kind: 'NetworkPolicy', name: 'shop-canary' }).object, 'spec.ingress.0')).toEqual({
      ports: [{ protocol: 'TCP', port: 8080 }],
    });
  });
});

describe('a Route', () => {
  const build = (
    profile: ClusterProfile,
    props: (services: Record<'web' | 'api' | 'db', never>) => object,
  ) => {
    const environment = new Environment(new App(), 'production', profile);
    const shop = new Chart(environment, 'shop', { namespace: 'shop' });
    const data = new Chart(environment, 'data', { namespace: 'data' });
    const services = {
      web: new WebService(shop, 'web', PROPS),
      api: new WebService(shop, 'api', {
        image: 'a/b:1',
        ports: { metrics: 9090, http: { port: 8080, service: 80 } },
      }),
      db: new StatefulService(data, 'db', { image: 'a/b:1', port: 5432 }),
    };
    const route = new Route(shop, 'edge', { host: 'shop.example', ...props(services as never) });
    return { route, set: () => synth(environment.node.root as App) };
  };

  it('leads the paths of one host to several services', () => {
    const { set } = build(GATEWAY, ({ web, api }) => ({
      paths: {
        '/': web,
        '/api': { to: api, timeout: '1h' },
        '/ok': { to: api, port: 'metrics', exact: true },
      },
      labels: { team: 'shop' },
      annotations: { a: 'b' },
    }));
    expect(set().get({ kind: 'HTTPRoute' }).object).toEqual({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'shop-edge', namespace: 'shop', labels: { team: 'shop' }, annotations: { a: 'b' } },
      spec: {
        parentRefs: [{ name: 'edge', namespace: 'infra', sectionName: 'https' }],
        hostnames: ['shop.example'],
        rules: [
          {
            matches: [{ path: { type: 'PathPrefix', value: '/' } }],
            backendRefs: [{ name: 'shop-web', port: 8080 }],
          },
          {
            matches: [{ path: { type: 'PathPrefix', value: '/api' } }],
            backendRefs: [{ name: 'shop-api', port: 80 }],
            timeouts: { request: '1h' },
          },
          {
            matches: [{ path: { type: 'Exact', value: '/ok' } }],
            backendRefs: [{ name: 'shop-api', port: 9090 }],
          },
        ],
      },
    });
  });

  it('is an Ingress where there is no Gateway', () => {
    const profile = { ingressClass: 'traefik', clusterIssuer: 'le', installed: ['cert-manager'] } as const;
    const { set, route } = build(profile, ({ web, api }) => ({
      tls: true,
      paths: { '/': web, '/api': api },
    }));
    const { object } = set().get({ kind: 'Ingress' });
    expect(route.kind).toBe('Ingress');
    expect(object.metadata.annotations).toEqual({ 'cert-manager.io/cluster-issuer': 'le' });
    expect(at(object, 'spec.tls')).toEqual([{ hosts: ['shop.example'], secretName: 'shop-edge-tls' }]);
    expect(at(object, 'spec.rules.0.http.paths.1.backend')).toEqual({
      service: { name: 'shop-api', port: { name: 'http' } },
    });
    expect(check(set()).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('weighs several services in relation to each other', () => {
    const { set } = build(GATEWAY, ({ web, api }) => ({
      to: [
        { service: web, weight: 3 },
        { service: api, weight: 1 },
      ],
    }));
    expect(at(set().get({ kind: 'HTTPRoute' }).object, 'spec.rules.0.backendRefs')).toEqual([
      { name: 'shop-web', port: 8080, weight: 3 },
      { name: 'shop-api', port: 80, weight: 1 },
    ]);
  });

  it.each([
    ['1.4', 'v1beta1'],
    ['1.5', 'v1'],
  ])('brings a ReferenceGrant of release %s where it leads to another namespace', (version, served) => {
    const profile = { ...GATEWAY, gatewayApi: { version, channel: 'standard' } } as const;
    const { set, route } = build(profile, ({ web, db }) => ({ paths: { '/': web, '/db': db } }));
    expect(set().get({ kind: 'ReferenceGrant' }).object).toEqual({
      apiVersion: `gateway.networking.k8s.io/${served}`,
      kind: 'ReferenceGrant',
      metadata: { name: 'shop-shop-edge', namespace: 'data' },
      spec: {
        from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' }],
        to: [{ group: '', kind: 'Service', name: 'data-db' }],
      },
    });
    expect(at(set().get({ kind: 'HTTPRoute' }).object, 'spec.rules.1.backendRefs')).toEqual([
      { name: 'data-db', namespace: 'data', port: 5432 },
    ]);
    expect(route.referenceGrants.map(({ name }) => name)).toEqual(['shop-shop-edge']);
    expect(check(set()).filter(({ rule }) => /reference-grant|admission/.test(rule))).toEqual([]);
  });

  it('does not lead an Ingress to another namespace', () => {
    const { set } = build({ ingressClass: 'traefik' }, ({ db }) => ({ to: db }));
    expect(set).toThrow('an Ingress leads to Services of its own namespace alone');
  });

  it.each<[object, string]>([
    [{ paths: { '/': 'shop-web' } }, 'INVALID_PROP paths./'],
    [{ paths: { api: { redirect: 'https://a.example' } } }, 'INVALID_PROP paths.api'],
    [{ paths: { '/': { redirect: 'https://b.example', too: 1 } } }, 'UNKNOWN_PROP paths./.too'],
    [{ host: undefined, redirect: 'https://a.example' }, 'MISSING_PROP host'],
    [{ paths: { '/': {} } }, 'MISSING_PROP paths./.to'],
    [{}, 'MISSING_PROP to'],
  ])('is told of %j', (props, fault) => {
    const told = faults((chart) => new Route(chart, 'edge', { host: 'a.example', ...props }), {
      profile: GATEWAY,
    });
    expect(told).toEqual([fault]);
  });
});

describe('the certificate of a host', () => {
  const profile = { ingressClass: 'traefik', clusterIssuer: 'le', installed: ['cert-manager'] } as const;
  const ingresses = (build: (chart: Chart) => unknown, chart = {}): unknown =>
    rendered(build, { profile, chart })
      .find({ kind: 'Ingress' })
      .map(({ object }) => [at(object, 'spec.tls'), object.metadata.annotations !== undefined]);
  const service = (chart: Chart, id: string, route: NonNullable<WebServiceProps['routes']>): WebService =>
    new WebService(chart, id, { ...PROPS, routes: route });
  const tls = (hosts: string[], secretName: string): object => ({ hosts, secretName });

  it('is one for all routes on it', () => {
    expect(
      ingresses((chart) => {
        service(chart, 'web', { host: 'a.example', tls: true });
        service(chart, 'api', { host: 'a.example', path: '/api', tls: true });
      }),
    ).toEqual([
      [[tls(['a.example'], 'shop-web-tls')], true],
      [[tls(['a.example'], 'shop-web-tls')], false],
    ]);
  });

  it('is one for the routes of one workload, and another for another host', () => {
    expect(
      ingresses((chart) =>
        service(chart, 'web', [
          { host: 'a.example', tls: true },
          { host: 'a.example', path: '/b', tls: true },
          { host: 'c.example', tls: true },
        ]),
      ),
    ).toEqual([
      [[tls(['a.example'], 'shop-web-tls')], true],
      [[tls(['a.example'], 'shop-web-tls')], false],
      [[tls(['c.example'], 'shop-web-route-3-tls')], true],
    ]);
  });

  it('is asked for by a Certificate for the hosts that an Ingress does not share', () => {
    const set = rendered(
      (chart) => {
        service(chart, 'web', { host: ['a.example', 'b.example'], tls: true });
        const api = service(chart, 'api', { host: ['b.example', 'c.example'], tls: true });
        expect(api.certificates.map(({ name }) => name)).toEqual(['shop-api-tls']);
      },
      { profile },
    );
    expect(set.find({ kind: 'Certificate' }).map(({ object }) => object['spec'])).toEqual([
      {
        secretName: 'shop-api-tls',
        dnsNames: ['c.example'],
        issuerRef: { name: 'le', kind: 'ClusterIssuer' },
      },
    ]);
    expect(at(set.get({ kind: 'Ingress', name: 'shop-api' }).object, 'spec.tls')).toEqual([
      tls(['b.example'], 'shop-web-tls'),
      tls(['c.example'], 'shop-api-tls'),
    ]);
    expect(check(set).filter(({ rule }) => /tls|admission|certificate|missing/.test(rule))).toEqual([]);
  });

  it('is the Secret that the first route names', () => {
    expect(
      ingresses((chart) => {
        service(chart, 'web', { host: 'a.example', tls: existing('Secret', 'wildcard') });
        service(chart, 'api', { host: 'a.example', path: '/api', tls: true });
      }),
    ).toEqual([
      [[tls(['a.example'], 'wildcard')], false],
      [[tls(['a.example'], 'wildcard')], false],
    ]);
  });

  it('is not two', () => {
    const [problem] = problems(
      (chart) => {
        service(chart, 'web', { host: 'a.example', tls: true });
        service(chart, 'api', { host: 'a.example', path: '/api', tls: 'other' });
      },
      { profile },
    );
    expect(problem).toMatchObject({
      code: 'INVALID_PROP',
      place: 'production/shop/api',
      path: 'routes.tls',
      message:
        'Invalid value: "other": production/shop/web has the certificate of "a.example" in Secret "shop-web-tls"',
    });
  });

  it('is of one namespace, and of one environment', () => {
    const app = new App();
    for (const name of ['staging', 'production']) {
      const environment = new Environment(app, name, profile);
      for (const id of ['a', 'b'])
        service(new Chart(environment, id, { namespace: id }), 'web', { host: 'a.example', tls: true });
    }
    const names = synth(app)
      .find({ kind: 'Ingress' })
      .map(({ object }) => at(object, 'spec.tls.0.secretName'));
    expect(names.sort()).toEqual(['a-web-tls', 'a-web-tls', 'b-web-tls', 'b-web-tls']);
  });

  it('is brought to a Gateway that takes listeners, once', () => {
    const gateway = { ...GATEWAY.gateway, name: 'edge', listenerSets: true };
    const set = rendered(
      (chart) => {
        const web = service(chart, 'web', { host: 'a.example', tls: true });
        expect(web.listenerSets.map(({ name }) => name)).toEqual(['shop-web']);
        service(chart, 'api', { host: 'a.example', path: '/api', tls: true });
      },
      { profile: { ...profile, gateway }, chart: { namespace: 'shop' } },
    );
    expect(set.find({ kind: 'ListenerSet' }).map(({ object }) => object['spec'])).toEqual([
      {
        parentRef: { name: 'edge', namespace: 'infra' },
        listeners: [
          {
            name: 'https-1',
            hostname: 'a.example',
            port: 443,
            protocol: 'HTTPS',
            tls: { certificateRefs: [{ name: 'shop-web-tls' }] },
          },
        ],
      },
    ]);
    expect(set.find({ kind: 'Certificate' }).map(({ id }) => id.name)).toEqual(['shop-web-tls']);
    const parents = set.find({ kind: 'HTTPRoute' }).map(({ object }) => at(object, 'spec.parentRefs'));
    const parent = { group: 'gateway.networking.k8s.io', kind: 'ListenerSet', name: 'shop-web' };
    expect(parents).toEqual([[parent], [parent]]);
    expect(check(set).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('needs a release with ListenerSets', () => {
    const gateway = { name: 'edge', listenerSets: true };
    const told = problems((chart) => service(chart, 'web', { host: 'a.example', tls: true }), {
      profile: { gateway, gatewayApi: { version: '1.4', channel: 'standard' } },
    });
    expect(told.map(({ path, message }) => [path, message])).toEqual([
      ['routes.tls', 'Forbidden: the standard channel of Gateway API 1.4 has no ListenerSets'],
    ]);
  });
});
