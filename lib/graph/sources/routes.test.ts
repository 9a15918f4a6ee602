import { linesOf } from '../../../test/graph/reference-lines';

const OTHERS = `
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { listeners: [{ name: http, port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`;

const route = (spec: string, kind = 'HTTPRoute'): string[] =>
  linesOf(`
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: { name: web, namespace: shop }
spec: ${spec}
${OTHERS}`);

describe('the parent of a route', () => {
  const parent = (ref: string): string[] => route(`{ parentRefs: [${ref}] }`);
  const at = 'spec.parentRefs[0]';

  it('is a Gateway of its namespace unless it says another', () => {
    expect(parent('{ name: edge }')).toEqual([
      `gateway ${at}.name → gateway.networking.k8s.io/Gateway shop/edge set`,
    ]);
    expect(
      parent('{ name: edge, namespace: ingress, kind: Gateway, group: gateway.networking.k8s.io }'),
    ).toEqual([`gateway ${at}.name → gateway.networking.k8s.io/Gateway ingress/edge missing`]);
  });

  it('is a listener of the Gateway where it names one', () => {
    const line = (value: string, known: string): string[] => [
      `gateway ${at}.name → gateway.networking.k8s.io/Gateway shop/edge set with listener ${value} (${at}.sectionName): ${known}`,
    ];
    expect(parent('{ name: edge, sectionName: http }')).toEqual(line('http', 'found'));
    expect(parent('{ name: edge, sectionName: https }')).toEqual(line('https', 'none of http'));
  });

  it('is a Service for a route of a mesh, whose sections are no listeners', () => {
    expect(parent('{ kind: Service, group: "", name: api, sectionName: http }')).toEqual([
      `route-backend ${at}.name → Service shop/api set`,
    ]);
    expect(parent('{ kind: Service, name: api }')).toEqual([
      `route-backend ${at}.name → Service shop/api set`,
    ]);
    expect(parent('{ kind: Mesh, group: mesh.example, name: all, sectionName: http }')).toEqual([
      `gateway ${at}.name → mesh.example/Mesh shop/all missing`,
    ]);
  });
});

describe('a backend', () => {
  it.each(['GRPCRoute', 'HTTPRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'])(
    'of a %s is a Service with a port',
    (kind) => {
      const at = 'spec.rules[0].backendRefs[0]';
      const backend = (port: number): string[] =>
        route(`{ rules: [{ backendRefs: [{ name: api, port: ${port} }] }] }`, kind);
      const line = (port: number, known: string): string[] => [
        `route-backend ${at}.name → Service shop/api set with port ${port} (${at}.port): ${known}`,
      ];
      expect(backend(80)).toEqual(line(80, 'found'));
      expect(backend(81)).toEqual(line(81, 'none of http, 80'));
    },
  );

  it('may be in another namespace, and of another kind', () => {
    const refs =
      '{ name: api, namespace: tools, port: 80 }, { group: bucket.example, kind: Bucket, name: files, port: 80 }, { kind: ServiceImport, name: api }, { group: x.example, name: api }';
    expect(route(`{ rules: [{ backendRefs: [${refs}] }] }`)).toEqual([
      'route-backend spec.rules[0].backendRefs[0].name → Service tools/api missing with port 80 (spec.rules[0].backendRefs[0].port): unknown',
      'other spec.rules[0].backendRefs[1].name → bucket.example/Bucket shop/files missing',
      'other spec.rules[0].backendRefs[2].name → ServiceImport shop/api missing',
      'other spec.rules[0].backendRefs[3].name → x.example/Service shop/api missing',
    ]);
  });

  it('gets copies of requests by filters of a rule, or of a backend', () => {
    const filters = (name: string): string =>
      `filters: [{ type: RequestHeaderModifier }, { type: RequestMirror, requestMirror: { backendRef: { name: ${name} } } }]`;
    expect(route(`{ rules: [{ backendRefs: [{ name: api, ${filters('a')} }], ${filters('b')} }] }`)).toEqual([
      'route-backend spec.rules[0].backendRefs[0].name → Service shop/api set',
      'route-backend spec.rules[0].backendRefs[0].filters[1].requestMirror.backendRef.name → Service shop/a missing',
      'route-backend spec.rules[0].filters[1].requestMirror.backendRef.name → Service shop/b missing',
    ]);
  });
});

test('a Gateway names its class, and the Secrets of its listeners', () => {
  const lines = linesOf(`
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec:
  gatewayClassName: envoy
  listeners:
    - { name: http, port: 80 }
    - name: https
      port: 443
      tls:
        certificateRefs:
          - { name: a }
          - { kind: Secret, name: b, namespace: certs }
          - { kind: Vault, group: vault.example, name: c }
`);
  const refs = 'spec.listeners[1].tls.certificateRefs';
  expect(lines).toEqual([
    'gateway-class spec.gatewayClassName → gateway.networking.k8s.io/GatewayClass envoy unknown',
    `tls-secret ${refs}[0].name → Secret shop/a missing`,
    `tls-secret ${refs}[1].name → Secret certs/b missing`,
  ]);
});
