import { at, problems, rendered } from '../../../../test/constructs/rendering';
import type { Chart, ClusterProfile, ManifestSet, MeshTraffic } from '../../../index';
import { check, WebService, Worker } from '../../../index';

const image = 'a/b:1';
const ISTIO: ClusterProfile = { mesh: 'istio' };
const AMBIENT: ClusterProfile = { mesh: { kind: 'istio', mode: 'ambient', waypoint: 'edge' } };
const LINKERD: ClusterProfile = { mesh: 'linkerd' };

const render = (profile: ClusterProfile, build: (chart: Chart) => unknown): ManifestSet =>
  rendered(build, { profile, chart: { namespace: 'shop' } });
const specOf = (set: ManifestSet, kind: string, name?: string): unknown =>
  at(set.get({ kind, ...(name !== undefined && { name }) }).object, 'spec');
const api = (
  chart: Chart,
  traffic: MeshTraffic,
  ports = { http: 8080 } as Record<string, number>,
): WebService => new WebService(chart, 'api', { image, ports, traffic });
const split = (chart: Chart): WebService => {
  const canary = new WebService(chart, 'canary', { image, port: 8081 });
  return api(chart, { to: [{ service: canary, weight: 10 }] });
};
const RETRIES = { timeout: '2s', retries: { attempts: 3, timeout: '500ms', on: [503] } } as const;
const fine = (set: ManifestSet): string[] =>
  check(set)
    .filter(({ rule, severity }) => severity === 'error' || /mesh/.test(rule))
    .map(({ rule, message }) => `${rule}: ${message}`);

describe('calls in an Istio mesh', () => {
  it('have timeouts and retries by a VirtualService', () => {
    const set = render(ISTIO, (chart) => api(chart, RETRIES));
    expect(specOf(set, 'VirtualService')).toEqual({
      hosts: ['shop-api'],
      http: [
        {
          timeout: '2s',
          retries: { attempts: 3, perTryTimeout: '500ms', retryOn: 'connect-failure,refused-stream,503' },
          route: [{ destination: { host: 'shop-api', port: { number: 8080 } }, weight: 100 }],
        },
      ],
    });
    expect(fine(set)).toEqual([]);
  });

  it('reach the other ports, too', () => {
    const set = render(ISTIO, (chart) => api(chart, { retries: 0 }, { http: 80, metrics: 9090 }));
    expect(at(specOf(set, 'VirtualService'), 'http')).toEqual([
      {
        match: [{ port: 80 }],
        retries: { attempts: 0 },
        route: [{ destination: { host: 'shop-api', port: { number: 80 } }, weight: 100 }],
      },
      { match: [{ port: 9090 }], route: [{ destination: { host: 'shop-api', port: { number: 9090 } } }] },
    ]);
  });

  it('are split by weights', () => {
    const set = render(ISTIO, split);
    expect(at(specOf(set, 'VirtualService'), 'http.0.route')).toEqual([
      { destination: { host: 'shop-api', port: { number: 8080 } }, weight: 90 },
      { destination: { host: 'shop-canary', port: { number: 8081 } }, weight: 10 },
    ]);
    expect(fine(set)).toEqual([]);
  });

  it('lead to the ports of Services, and not to those of pods', () => {
    const set = render(ISTIO, (chart) => {
      const served = { image, port: 8080, service: { ports: { http: { port: 80 } } } } as const;
      const canary = new WebService(chart, 'canary', served);
      new WebService(chart, 'api', { ...served, traffic: { to: [{ service: canary, weight: 1 }] } });
    });
    expect(at(specOf(set, 'VirtualService'), 'http.0.route')).toMatchObject([
      { destination: { port: { number: 80 } } },
      { destination: { port: { number: 80 } } },
    ]);
  });

  it('go through the waypoint in ambient mode, which allows who is connected', () => {
    const set = render(AMBIENT, (chart) => new Worker(chart, 'a', { image }).connectsTo(api(chart, RETRIES)));
    expect(specOf(set, 'HTTPRoute')).toEqual({
      parentRefs: [{ group: '', kind: 'Service', name: 'shop-api', port: 8080 }],
      rules: [
        {
          timeouts: { request: '2s', backendRequest: '500ms' },
          retry: { attempts: 3, codes: [503] },
          backendRefs: [{ name: 'shop-api', port: 8080, weight: 100 }],
        },
      ],
    });
    expect(at(set.get({ kind: 'Service' }).object, 'metadata.labels')).toMatchObject({
      'istio.io/use-waypoint': 'edge',
    });
    const from = (account: string): object => ({
      from: [{ source: { principals: [`cluster.local/ns/shop/sa/${account}`] } }],
    });
    expect(at(specOf(set, 'AuthorizationPolicy', 'shop-api'), 'rules')).toEqual([
      { ...from('shop-a'), to: [{ operation: { ports: ['8080'] } }] },
      from('edge'),
    ]);
    expect(specOf(set, 'AuthorizationPolicy', 'shop-api-waypoint')).toEqual({
      targetRefs: [{ group: '', kind: 'Service', name: 'shop-api' }],
      action: 'ALLOW',
      rules: [from('shop-a')],
    });
    const pods = { podSelector: { matchLabels: { 'gateway.networking.k8s.io/gateway-name': 'edge' } } };
    const ports = [{ protocol: 'TCP', port: 15008 }];
    expect(at(specOf(set, 'NetworkPolicy', 'shop-a'), 'egress')).toContainEqual({
      to: [{ namespaceSelector: {}, ...pods }],
      ports,
    });
    expect(at(specOf(set, 'NetworkPolicy', 'shop-api'), 'ingress')).toContainEqual({ from: [pods], ports });
    expect(fine(set)).toEqual([]);
  });
});

describe('calls in a Linkerd mesh', () => {
  it('have timeouts and retries by annotations of the Service', () => {
    const set = render(LINKERD, (chart) => api(chart, RETRIES));
    expect(at(set.get({ kind: 'Service' }).object, 'metadata.annotations')).toMatchObject({
      'timeout.linkerd.io/request': '2s',
      'retry.linkerd.io/http': '503',
      'retry.linkerd.io/limit': '3',
      'retry.linkerd.io/timeout': '500ms',
    });
    expect(set.find({ kind: 'HTTPRoute' })).toEqual([]);
  });

  it('are split by an HTTPRoute', () => {
    const set = render(LINKERD, split);
    expect(at(specOf(set, 'HTTPRoute'), 'rules')).toEqual([
      {
        backendRefs: [
          { name: 'shop-api', port: 8080, weight: 90 },
          { name: 'shop-canary', port: 8081, weight: 10 },
        ],
      },
    ]);
    expect(fine(set)).toEqual([]);
  });
});

describe('what no mesh takes is refused', () => {
  it.each<[string, ClusterProfile, MeshTraffic, string]>([
    ['without a mesh', {}, { timeout: '1s' }, 'MISSING_PROP mesh'],
    [
      'without a waypoint',
      { mesh: { kind: 'istio', mode: 'ambient' } },
      { timeout: '1s' },
      'MISSING_PROP mesh.waypoint',
    ],
    [
      'retries that the Gateway API lacks',
      { ...AMBIENT, gatewayApi: { version: '1.4', channel: 'standard' } },
      { retries: 1 },
      'INVALID_PROP traffic.retries',
    ],
    ['a timeout that is none', ISTIO, { timeout: '10' }, 'INVALID_PROP traffic.timeout'],
    [
      'a try that is longer than all of them',
      ISTIO,
      { timeout: '1s', retries: { attempts: 1, timeout: '2s' } },
      'INVALID_PROP traffic.retries.timeout',
    ],
    ['half a try', LINKERD, { retries: 0.5 }, 'INVALID_PROP traffic.retries'],
    ['codes of success', LINKERD, { retries: { attempts: 1, on: [200] } }, 'INVALID_PROP traffic.retries.on'],
    ['a share of nobody', ISTIO, { to: [{ weight: 1 } as never] }, 'INVALID_PROP traffic.to[0].service'],
    ['tries without a number', ISTIO, { retries: {} as never }, 'INVALID_PROP traffic.retries.attempts'],
    ['a port that there is not', ISTIO, { port: 'grpc' }, 'INVALID_PORT traffic.port'],
  ])('%s', (_, profile, traffic, expected) => {
    const found = problems((chart) => api(chart, traffic), { profile });
    expect(found.map(({ code, path }) => `${code} ${path ?? ''}`)).toEqual([expected]);
  });

  it('more shares than there are, and pods out of the mesh', () => {
    const found = problems(
      (chart) => {
        const canary = new WebService(chart, 'canary', { image, port: 80 });
        api(chart, { to: [{ service: canary, weight: 101 }] });
        new WebService(chart, 'b', { image, port: 80, mesh: false, traffic: { timeout: '1s' } });
      },
      { profile: ISTIO },
    );
    expect(found.map(({ path }) => path)).toEqual(['traffic.to', 'traffic']);
  });
});
