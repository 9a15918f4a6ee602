import { having, metadata, refusals, service } from './objects';

const ingress = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: metadata('web'),
  spec: {
    rules: [
      {
        host: 'shop.example',
        http: {
          paths: [
            { path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { name: 'http' } } } },
          ],
        },
      },
    ],
  },
};
const policy = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: metadata('web'),
  spec: {
    podSelector: {},
    ingress: [
      {
        from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }],
        ports: [{ port: 80, endPort: 90 }],
      },
    ],
  },
};
const slice = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: metadata('web'),
  addressType: 'IPv4',
  endpoints: [{ addresses: ['10.0.0.1'] }],
  ports: [{ name: 'http', port: 80 }],
};
const rule = 'spec.rules.0.http.paths.0';

it.each([
  ['Ingress', ingress],
  ['NetworkPolicy', policy],
  ['EndpointSlice', slice],
])('a well-formed %s is taken', (_, object) => {
  expect(refusals(object)).toEqual([]);
});

describe('a Service is refused', () => {
  it.each<[string, string, unknown, string[]]>([
    ['without ports', 'spec.ports', [], ['spec.ports']],
    [
      'with two ports without names',
      'spec.ports',
      [{ port: 1 }, { port: 2 }],
      ['spec.ports[0].name', 'spec.ports[1].name'],
    ],
    [
      'with one port twice',
      'spec.ports',
      [
        { name: 'a', port: 1 },
        { name: 'b', port: 1 },
      ],
      ['spec.ports[1]'],
    ],
    ['with a node port that it does not publish', 'spec.ports.0.nodePort', 30080, ['spec.ports[0].nodePort']],
    ['of an unknown type', 'spec.type', 'Nodeport', ['spec.type']],
    [
      'with a node port outside of the range',
      'spec',
      { type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] },
      ['spec.ports[0].nodePort'],
    ],
    [
      'with a node port that another of its ports has',
      'spec',
      {
        type: 'NodePort',
        ports: [
          { name: 'a', port: 80, nodePort: 30080 },
          { name: 'b', port: 81, nodePort: 30080, protocol: 'UDP' },
        ],
      },
      ['spec.ports[1].nodePort'],
    ],
    [
      'with two answers about its topology',
      'metadata.annotations',
      {
        'service.kubernetes.io/topology-mode': 'Auto',
        'service.kubernetes.io/topology-aware-hints': 'Disabled',
      },
      ['metadata.annotations[service.kubernetes.io/topology-mode]'],
    ],
    [
      'with an external name that is none',
      'spec',
      { type: 'ExternalName', externalName: 'a b' },
      ['spec.externalName'],
    ],
    ['with an IP that is none', 'spec.clusterIP', '10.0.0', ['spec.clusterIPs[0]']],
    [
      'with an affinity of two days',
      'spec.sessionAffinityConfig',
      { clientIP: { timeoutSeconds: 172800 } },
      [],
    ],
    [
      'with an affinity of clients for two days',
      'spec',
      {
        ports: [{ port: 80 }],
        sessionAffinity: 'ClientIP',
        sessionAffinityConfig: { clientIP: { timeoutSeconds: 172800 } },
      },
      ['spec.sessionAffinityConfig.clientIP.timeoutSeconds'],
    ],
    [
      'with a policy for traffic that cannot come',
      'spec.externalTrafficPolicy',
      'Local',
      ['spec.externalTrafficPolicy'],
    ],
    [
      'with source ranges but no load balancer',
      'spec.loadBalancerSourceRanges',
      ['10.0.0.0/8'],
      ['spec.LoadBalancerSourceRanges'],
    ],
    [
      'with an external IP that is the node itself',
      'spec.externalIPs',
      ['127.0.0.1'],
      ['spec.externalIPs[0]'],
    ],
  ])('%s', (_, path, value, refused) => {
    expect(refusals(having(service, path, value))).toEqual(refused);
  });

  it('unless it is one port of two protocols that shares its node port', () => {
    const ports = ['TCP', 'UDP'].map((protocol) => ({
      name: protocol.toLowerCase(),
      port: 53,
      nodePort: 30053,
      protocol,
    }));
    expect(refusals(having(service, 'spec', { type: 'NodePort', ports }))).toEqual([]);
  });

  it('with a name that begins with a digit, before 1.36', () => {
    expect(refusals(having(service, 'metadata.name', '1st'), '1.35')).toEqual(['metadata.name']);
    expect(refusals(having(service, 'metadata.name', '1st'), '1.36')).toEqual([]);
  });
});

describe('an Ingress is refused', () => {
  it.each<[string, string, unknown, string[]]>([
    ['without rules or a backend', 'spec', {}, ['spec']],
    ['with an IP for a host', 'spec.rules.0.host', '10.0.0.1', ['spec.rules[0].host']],
    ['with an asterisk in the middle', 'spec.rules.0.host', 'a.*.example', ['spec.rules[0].host']],
    ['with a relative path', `${rule}.path`, 'a', ['spec.rules[0].http.paths[0].path']],
    ['without a type of path', `${rule}.pathType`, undefined, ['spec.rules[0].http.paths[0].pathType']],
    ['without a port', `${rule}.backend.service.port`, {}, ['spec.rules[0].http.paths[0].backend']],
  ])('%s', (_, path, value, refused) => {
    expect(refusals(having(ingress, path, value))).toEqual(refused);
  });
});

describe('a NetworkPolicy is refused', () => {
  const from = 'spec.ingress[0].from[0]';
  it.each<[string, string, unknown, string[]]>([
    [
      'with an exception outside of its block',
      'spec.ingress.0.from.0.ipBlock.except',
      ['11.0.0.0/16'],
      [`${from}.ipBlock.except[0]`],
    ],
    [
      'with bits beyond the prefix',
      'spec.ingress.0.from.0.ipBlock.cidr',
      '10.1.0.0/8',
      [`${from}.ipBlock.cidr`],
    ],
    ['with a peer that is nobody', 'spec.ingress.0.from.0', {}, [from]],
    [
      'with a range that ends before it begins',
      'spec.ingress.0.ports.0.endPort',
      70,
      ['spec.ingress[0].ports[0].endPort'],
    ],
    ['with an unknown direction', 'spec.policyTypes', ['ingress'], ['spec.policyTypes[0]']],
  ])('%s', (_, path, value, refused) => {
    expect(refusals(having(policy, path, value))).toEqual(refused);
  });
});

describe('an EndpointSlice is refused', () => {
  it.each<[string, string, unknown, string[]]>([
    [
      'with an address of another family',
      'endpoints.0.addresses',
      ['2001:db8::1'],
      ['endpoints[0].addresses'],
    ],
    ['with no address', 'endpoints.0.addresses', [], ['endpoints[0].addresses']],
    ['with a loopback address', 'endpoints.0.addresses', ['127.0.0.1'], ['endpoints[0].addresses[0]']],
    ['without a type', 'addressType', undefined, ['addressType']],
    [
      'with an IPv6 address in capitals',
      '',
      { ...slice, addressType: 'IPv6', endpoints: [{ addresses: ['2001:DB8::1'] }] },
      ['endpoints[0].addresses[0]'],
    ],
  ])('%s', (_, path, value, refused) => {
    expect(refusals(path === '' ? value : having(slice, path, value))).toEqual(refused);
  });
});
