import { linesOf } from '../../../test/graph/reference-lines';

const SERVICE = `
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: v1, namespace: shop, labels: { app: api, version: v1 } }
spec: { containers: [{ name: api, image: api:1 }] }
`;

const virtualService = (spec: string, others = ''): string[] =>
  linesOf(`
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: api, namespace: shop }
spec: ${spec}
${SERVICE}${others}`);

describe('a VirtualService', () => {
  it('names its gateways, in its own namespace unless they say another, and not the mesh', () => {
    expect(virtualService('{ gateways: [mesh, edge, ingress/public] }')).toEqual([
      'mesh-gateway spec.gateways[1] → networking.istio.io/Gateway shop/edge unknown',
      'mesh-gateway spec.gateways[2] → networking.istio.io/Gateway ingress/public unknown',
    ]);
  });

  it.each(['http', 'tls', 'tcp'])(
    'names the Services that %s routes lead to, with their ports',
    (protocol) => {
      const routes =
        '[{ route: [{ destination: { host: api, port: { number: 80 } } }, { destination: { host: api, port: { number: 81 } } }] }]';
      const at = (index: number): string => `spec.${protocol}[0].route[${index}].destination`;
      expect(virtualService(`{ ${protocol}: ${routes} }`)).toEqual([
        `mesh-host ${at(0)}.host → Service shop/api set with port 80 (${at(0)}.port.number): found`,
        `mesh-host ${at(1)}.host → Service shop/api set with port 81 (${at(1)}.port.number): none of http, 80`,
      ]);
    },
  );

  it('names the Services that requests are mirrored to', () => {
    const route =
      '{ mirror: { host: a }, mirrors: [{ destination: { host: b } }, { destination: { host: c } }] }';
    expect(virtualService(`{ http: [${route}] }`)).toEqual([
      'mesh-host spec.http[0].mirror.host → Service shop/a missing',
      'mesh-host spec.http[0].mirrors[0].destination.host → Service shop/b missing',
      'mesh-host spec.http[0].mirrors[1].destination.host → Service shop/c missing',
    ]);
  });

  it.each([
    ['api', ['Service shop/api set']],
    ['gone', ['Service shop/gone missing']],
    ['api.tools.svc', ['Service tools/api missing']],
    ['api.shop.svc.cluster.local', ['Service shop/api set']],
    ['api.shop', []],
    ['api.example.com', []],
    ['api.shop.svc.example.com', []],
    ['x.api.shop.svc', []],
    ['*.shop.svc', []],
    ['.shop.svc', []],
    ['', []],
  ])('takes the host "%s" for %j', (host, targets) => {
    const lines = virtualService(`{ http: [{ route: [{ destination: { host: "${host}" } }] }] }`);
    expect(lines).toEqual(
      targets.map((target) => `mesh-host spec.http[0].route[0].destination.host → ${target}`),
    );
  });
});

describe('a subset of a destination', () => {
  const rule = (host: string, names: string, namespace = 'shop'): string => `
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: ${host}-${names.length}, namespace: ${namespace} }
spec: { host: ${host}, subsets: [${names}] }
`;
  const subset = (host: string, ...rules: string[]): string[] =>
    virtualService(
      `{ http: [{ route: [{ destination: { host: ${host}, subset: v2 } }] }] }`,
      rules.join(''),
    ).slice(1);
  const at = 'spec.http[0].route[0].destination';
  const line = (known: string): string[] => [
    `mesh-host ${at}.host → Service shop/api set with subset v2 (${at}.subset): ${known}`,
  ];

  it('is one of those of the rules for its host', () => {
    expect(subset('api', rule('api', '{ name: v1 }'), rule('api', '{ name: v2 }, { name: v3 }'))).toEqual(
      line('found'),
    );
    expect(subset('api', rule('api', '{ name: v1 }'), rule('api.shop.svc', '{ name: v3 }'))).toEqual(
      line('none of v1, v3'),
    );
  });

  it('is not one of those of the same host in another namespace', () => {
    const others = `
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: tools }
spec: { ports: [{ port: 80 }] }
`;
    expect(subset('api', rule('api', '{ name: v2 }', 'tools'), others)).toEqual(line('none of '));
  });

  it('may be one of a rule whose host is wrong, and not of one for a host elsewhere', () => {
    expect(subset('api', rule('apii', '{ name: v2 }'))).toEqual(line('found'));
    expect(subset('api', rule('api.example.com', '{ name: v2 }'))).toEqual(line('none of '));
  });

  it('is none of a Service that is not there', () => {
    expect(subset('gone')).toEqual([]);
  });
});

describe('a DestinationRule', () => {
  const rule = (host: string, subsets = ''): string[] =>
    linesOf(`
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: api, namespace: shop }
spec: { host: ${host}, subsets: [${subsets}] }
${SERVICE}`);

  it('names its Service, and selects the pods of its subsets in the namespace of that', () => {
    expect(rule('api', '{ name: a }, { name: b, labels: { version: v1 } }')).toEqual([
      'mesh-host spec.host → Service shop/api set',
      'subset-pods spec.subsets[1].labels → version=v1 in shop: v1',
    ]);
    expect(rule('api.tools.svc', '{ name: b, labels: { version: v1 } }')).toEqual([
      'mesh-host spec.host → Service tools/api missing',
      'subset-pods spec.subsets[0].labels → version=v1 in tools: nothing',
    ]);
  });

  it('says nothing about a host elsewhere', () => {
    expect(rule('api.example.com', '{ name: b, labels: { version: v1 } }')).toEqual([]);
  });
});

describe.each(['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication'])(
  'an Istio %s',
  (kind) => {
    const policy = (namespace: string, selector: string): string[] =>
      linesOf(`
apiVersion: security.istio.io/v1
kind: ${kind}
metadata: { name: policy, namespace: ${namespace} }
spec: { selector: ${selector} }
${SERVICE}`);

    it('selects pods of its namespace', () => {
      expect(policy('shop', '{ matchLabels: { app: api } }')).toEqual([
        'mesh-pods spec.selector.matchLabels → app=api in shop: v1',
      ]);
    });

    it('is for everybody without labels, and for pods everywhere in the root namespace', () => {
      expect(policy('shop', '{}')).toEqual([]);
      expect(policy('istio-system', '{ matchLabels: { app: api } }')).toEqual([]);
    });
  },
);
