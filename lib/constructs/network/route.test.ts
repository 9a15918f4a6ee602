import type { WebServiceProps } from '../../index';
import { WebService } from '../../index';
import type { Surroundings } from '../../../test/constructs/rendering';
import { at, faults, problems, rendered } from '../../../test/constructs/rendering';

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

  it('says what is wrong with it', () => {
    const words = (wrong: object) =>
      problems((chart) => new WebService(chart, 'web', { ...PROPS, route: wrong as never })).map(
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
