import { ApiObject } from 'cdk8s';
import type { WebServiceProps } from '../../lib';
import { WebService } from '../../lib';
import type { Surroundings } from './rendering';
import { at, faults, only, rendered } from './rendering';

const PROPS: WebServiceProps = { image: 'acme/web:1', port: 8080 };

function web(props: Partial<WebServiceProps> = {}, around: Surroundings = {}) {
  return rendered((chart) => new WebService(chart, 'web', { ...PROPS, ...props }), around);
}

const kinds = (props: Partial<WebServiceProps>, around?: Surroundings): string[] =>
  [...web(props, around)].map(({ id }) => id.kind).sort();

const LABELS = { 'app.kubernetes.io/instance': 'shop-web', 'app.kubernetes.io/name': 'shop-web' };

describe('a WebService', () => {
  it('is a Deployment, a Service and a ServiceAccount', () => {
    expect(kinds({})).toEqual(['Deployment', 'Service', 'ServiceAccount']);
  });

  it('has a budget from two replicas on', () => {
    expect(kinds({ replicas: 1 })).not.toContain('PodDisruptionBudget');
    expect(kinds({ replicas: 2 })).toContain('PodDisruptionBudget');
    expect(kinds({ replicas: 2, disruptionBudget: false })).not.toContain('PodDisruptionBudget');
    expect(kinds({ disruptionBudget: { minAvailable: 1 } })).toContain('PodDisruptionBudget');
  });

  it('is called, found and labelled by the path of its ids', () => {
    const set = web({ replicas: 2 });
    for (const { id, object } of set) {
      expect(id.name).toBe('shop-web');
      expect(object.metadata.labels).toEqual(LABELS);
    }
    expect(set.get({ kind: 'Service' }).object['spec']).toEqual({
      ports: [{ name: 'http', port: 8080, targetPort: 'http' }],
      selector: LABELS,
    });
    expect(set.get({ kind: 'Deployment' }).object).toMatchObject({
      spec: { selector: { matchLabels: LABELS }, template: { metadata: { labels: LABELS } } },
    });
    expect(set.get({ kind: 'PodDisruptionBudget' }).object['spec']).toEqual({
      maxUnavailable: 1,
      selector: { matchLabels: LABELS },
    });
  });

  it('keeps its selector under another id, as long as its name stays', () => {
    const named = (id: string): unknown =>
      at(
        only('Deployment', (chart) => new WebService(chart, id, { ...PROPS, name: 'api' })),
        'spec.selector',
      );
    expect(named('new')).toEqual(named('old'));
  });

  it('is what it is told to be called and found by', () => {
    const selector = { app: 'api' };
    const set = web({ name: 'api', namespace: 'elsewhere', selector, labels: { team: 'checkout' } });
    for (const { id, object } of set) {
      expect(id).toMatchObject({ name: 'api', namespace: 'elsewhere' });
      expect(object.metadata.labels).toEqual({ app: 'api', team: 'checkout' });
    }
    expect(at(set.get({ kind: 'Service' }).object, 'spec.selector')).toEqual(selector);
  });

  it('rolls without ever dropping below strength', () => {
    expect(at(web().get({ kind: 'Deployment' }).object, 'spec.strategy')).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 },
    });
  });

  it('says no number of replicas unless told', () => {
    expect(web().get({ kind: 'Deployment' }).object['spec']).not.toHaveProperty('replicas');
    expect(at(web({ replicas: 0 }).get({ kind: 'Deployment' }).object, 'spec.replicas')).toBe(0);
  });

  it('says how it is reached', () => {
    new WebServiceProbe((service) => {
      expect([service.host, service.address]).toEqual(['shop-web', 'shop-web:80']);
    });
  });

  it('is found by ApiObject.of, as any construct of cdk8s', () => {
    new WebServiceProbe((service) => expect(ApiObject.of(service).kind).toBe('Deployment'));
  });

  it('is exposed by further Services', () => {
    const set = rendered((chart) => {
      new WebService(chart, 'web', PROPS).expose('external', { type: 'LoadBalancer' });
    });
    expect(set.get({ kind: 'Service', name: 'shop-web-external' }).object).toMatchObject({
      spec: { type: 'LoadBalancer', selector: LABELS },
    });
  });
});

/** Runs `look` on a WebService whose port 8080 is 80 on its Service. */
class WebServiceProbe {
  constructor(look: (service: WebService) => void) {
    rendered((chart) => look(new WebService(chart, 'web', { ...PROPS, port: { port: 8080, service: 80 } })));
  }
}

describe('its Service', () => {
  const spec = (props: Partial<WebServiceProps>): unknown =>
    web(props).get({ kind: 'Service' }).object['spec'];

  it('is of a type, with what goes with it', () => {
    const service = {
      type: 'LoadBalancer',
      sessionAffinity: 'ClientIP',
      externalTrafficPolicy: 'Local',
      loadBalancerSourceRanges: ['10.0.0.0/8'],
      annotations: { 'example.com/lb': 'internal' },
    } as const;
    const { annotations, ...rest } = service;
    expect(spec({ service })).toMatchObject(rest);
    expect(web({ service }).get({ kind: 'Service' }).object.metadata.annotations).toEqual(annotations);
  });

  it.each<[object, string]>([
    [{ service: { typ: 'NodePort' } }, 'UNKNOWN_PROP service.typ'],
    [{ service: { type: 'ExternalName' } }, 'INVALID_PROP service.type'],
    [{ service: { externalTrafficPolicy: 'Local' } }, 'INVALID_PROP service.externalTrafficPolicy'],
    [
      { service: { type: 'NodePort', loadBalancerSourceRanges: ['10.0.0.0/8'] } },
      'INVALID_PROP service.loadBalancerSourceRanges',
    ],
    [
      { service: { type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0'] } },
      'INVALID_PROP service.loadBalancerSourceRanges',
    ],
    [{ port: { port: 80, nodePort: 30080 } }, 'INVALID_PROP service.ports.http.nodePort'],
    [{ service: { annotations: { 'a b': 'c' } } }, 'INVALID_LABEL service.annotations.a b'],
    [{ port: undefined }, 'MISSING_PROP port'],
  ])('is told of %j', (props, fault) => {
    expect(faults((chart) => new WebService(chart, 'web', { ...PROPS, ...props }))).toEqual([fault]);
  });

  it('begins with a letter before 1.36', () => {
    const named = (kubernetes: string): readonly string[] =>
      faults((chart) => new WebService(chart, 'web', { ...PROPS, name: '3scale', serviceAccount: 'x' }), {
        profile: { kubernetes },
      });
    expect(named('1.36')).toEqual([]);
    expect(named('1.35')).toEqual(['INVALID_NAME name']);
  });

  it('has a name without dots', () => {
    expect(
      faults((chart) => new WebService(chart, 'web', { ...PROPS, name: 'a.b', serviceAccount: 'x' })),
    ).toEqual(['INVALID_NAME name']);
  });
});

describe('its route', () => {
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
    const profile = { clusterIssuer: 'letsencrypt', installed: ['cert-manager'] } as const;
    const { object } = web({ route: { ...route, tls: true } }, { profile }).get({ kind: 'Ingress' });
    expect(object.metadata.annotations).toEqual({ 'cert-manager.io/cluster-issuer': 'letsencrypt' });
    expect(at(object, 'spec.tls')).toEqual([{ hosts: ['shop.example'], secretName: 'shop-web-tls' }]);
  });

  it('takes a certificate that is there', () => {
    const profile = { clusterIssuer: 'letsencrypt', installed: ['cert-manager'] } as const;
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
    expect(faults((chart) => new WebService(chart, 'web', { ...PROPS, route: wrong as never }))).toEqual([
      fault,
    ]);
  });

  it('takes any host below a name', () => {
    expect(web({ route: { host: '*.shop.example' } }).find({ kind: 'Ingress' })).toHaveLength(1);
  });
});
