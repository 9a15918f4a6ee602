import { linesOf } from '../../../test/graph/reference-lines';

const OTHERS = `
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: pod, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: web:1 }] }
`;

const of = (apiVersion: string, kind: string, rest: string): string[] =>
  linesOf(`
apiVersion: ${apiVersion}
kind: ${kind}
${rest}
${OTHERS}`);

test('a Service selects pods of its namespace, where it has a selector and is no name outside', () => {
  const service = (spec: string): string[] =>
    of('v1', 'Service', `metadata: { name: web, namespace: shop }\nspec: ${spec}`);
  expect(service('{ selector: { app: web } }')).toEqual([
    'service-pods spec.selector → app=web in shop: pod',
  ]);
  expect(service('{}')).toEqual([]);
  expect(service('{ type: ExternalName, selector: { app: web } }')).toEqual([]);
});

test('an EndpointSlice names its Service in a label', () => {
  const slice = (name: string): string[] =>
    of(
      'discovery.k8s.io/v1',
      'EndpointSlice',
      `metadata: { name: slice, namespace: shop, labels: { kubernetes.io/service-name: ${name} } }`,
    );
  const at = 'metadata.labels[kubernetes.io/service-name]';
  expect(slice('api')).toEqual([`endpoints-service ${at} → Service shop/api set`]);
  expect(slice('gone')).toEqual([`endpoints-service ${at} → Service shop/gone missing`]);
});

describe('an Ingress names', () => {
  const ingress = (spec: string, annotations = ''): string[] =>
    of(
      'networking.k8s.io/v1',
      'Ingress',
      `metadata: { name: web, namespace: shop, annotations: { ${annotations} } }\nspec: ${spec}`,
    );
  const backend = (port: string): string => `{ service: { name: api, port: { ${port} } } }`;

  it('its class, and the Secrets of its hosts', () => {
    expect(ingress('{ ingressClassName: nginx, tls: [{ hosts: [a] }, { secretName: web-tls }] }')).toEqual([
      'ingress-class spec.ingressClassName → networking.k8s.io/IngressClass nginx unknown',
      'tls-secret spec.tls[1].secretName → Secret shop/web-tls missing',
    ]);
  });

  it('the Services of its paths and of its default, with their ports', () => {
    const paths = `[{ path: /a, backend: ${backend('number: 80')} }, { path: /b, backend: ${backend('number: 81')} }]`;
    const lines = ingress(
      `{ defaultBackend: ${backend('name: http')}, rules: [{ http: { paths: ${paths} } }] }`,
    );
    const line = (at: string, field: string, value: string, known: string): string =>
      `ingress-backend ${at}.service.name → Service shop/api set with port ${value} (${at}.service.port.${field}): ${known}`;
    expect(lines).toEqual([
      line('spec.defaultBackend', 'name', 'http', 'found'),
      line('spec.rules[0].http.paths[0].backend', 'number', '80', 'found'),
      line('spec.rules[0].http.paths[1].backend', 'number', '81', 'none of http, 80'),
    ]);
  });

  it('no Service where the port is an action of the controller', () => {
    expect(ingress(`{ defaultBackend: ${backend('name: use-annotation')} }`)).toEqual([]);
  });

  it('other resources that answer', () => {
    const resource = '{ resource: { apiGroup: bucket.example, kind: Bucket, name: files } }';
    expect(ingress(`{ defaultBackend: ${resource} }`)).toEqual([
      'other spec.defaultBackend.resource.name → bucket.example/Bucket shop/files missing',
    ]);
  });

  it('the issuers of its annotations', () => {
    const at = (name: string): string => `issuer metadata.annotations[cert-manager.io/${name}]`;
    expect(ingress('{}', 'cert-manager.io/cluster-issuer: a, cert-manager.io/issuer: b')).toEqual([
      `${at('cluster-issuer')} → cert-manager.io/ClusterIssuer a unknown`,
      `${at('issuer')} → cert-manager.io/Issuer shop/b missing`,
    ]);
  });
});
