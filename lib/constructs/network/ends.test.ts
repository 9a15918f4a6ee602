import { at, problems, rendered } from '../../../test/constructs/rendering';
import type { Chart, ClusterProfile, ConnectionEnd } from '../../index';
import { cidr, ingress, internet, monitoring, namespace, WebService, Worker } from '../../index';

const image = 'a/b:1';
const PROFILE: ClusterProfile = {
  ingress: { namespace: 'edge', podLabels: { app: 'envoy' } },
  monitoring: { namespace: 'prometheus' },
};

const inNamespace = (name: string): object => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});

function api(chart: Chart): WebService {
  return new WebService(chart, 'api', {
    image,
    ports: { http: 8080, metrics: 9090, dns: { port: 53, protocol: 'UDP' } },
  });
}

describe('who may call a workload', () => {
  const ingressOf = (build: (service: WebService) => unknown, profile = PROFILE): unknown => {
    const set = rendered((chart) => build(api(chart)), { profile });
    return at(set.get({ kind: 'NetworkPolicy' }).object, 'spec.ingress');
  };

  it.each<[what: string, end: ConnectionEnd, peers: object[]]>([
    ['a namespace', namespace('ops'), [inNamespace('ops')]],
    [
      'some pods of a namespace',
      namespace('ops', { podLabels: { app: 'a' } }),
      [{ ...inNamespace('ops'), podSelector: { matchLabels: { app: 'a' } } }],
    ],
    [
      'addresses',
      cidr('10.0.0.0/8', { except: ['10.1.0.0/16'] }),
      [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }],
    ],
    [
      'the ingress controller of the profile',
      ingress(),
      [{ ...inNamespace('edge'), podSelector: { matchLabels: { app: 'envoy' } } }],
    ],
    ['the Prometheus of the profile', monitoring(), [inNamespace('prometheus')]],
  ])('%s', (_, end, from) => {
    expect(ingressOf((service) => service.allowFrom(end, { port: 'http' }))).toEqual([
      { from, ports: [{ protocol: 'TCP', port: 8080 }] },
    ]);
  });

  it('several, on all ports with their protocols, and nobody is told to leave', () => {
    const set = rendered((chart) => api(chart).allowFrom(namespace('a'), namespace('b')), {
      profile: PROFILE,
    });
    const { object } = set.get({ kind: 'NetworkPolicy' });
    expect(at(object, 'spec.policyTypes')).toEqual(['Ingress']);
    const ports = [
      { protocol: 'TCP', port: 8080 },
      { protocol: 'TCP', port: 9090 },
      { protocol: 'UDP', port: 53 },
    ];
    expect(at(object, 'spec.ingress')).toEqual([
      { from: [inNamespace('a')], ports },
      { from: [inNamespace('b')], ports },
    ]);
  });

  it('clients that name its host, too', () => {
    const set = rendered(
      (chart) => {
        const service = api(chart).allowFrom(monitoring(), { port: 'metrics' });
        new Worker(chart, 'client', { image, env: { API: service.address } });
      },
      { profile: PROFILE },
    );
    expect(at(set.get({ kind: 'NetworkPolicy' }).object, 'spec.ingress.1.ports')).toEqual([
      { protocol: 'TCP', port: 8080 },
    ]);
  });
});

describe('whom a workload may call', () => {
  it('the internet, without private addresses', () => {
    const set = rendered((chart) => new Worker(chart, 'a', { image }).allowTo(internet(), { port: 443 }));
    const { object } = set.get({ kind: 'NetworkPolicy' });
    expect(at(object, 'spec.policyTypes')).toEqual(['Egress']);
    expect(at(object, 'spec.egress.1')).toEqual({
      to: [
        {
          ipBlock: {
            cidr: '0.0.0.0/0',
            except: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'],
          },
        },
        { ipBlock: { cidr: '::/0', except: ['fc00::/7', 'fe80::/10'] } },
      ],
      ports: [{ protocol: 'TCP', port: 443 }],
    });
  });

  it('names, where the cluster has Cilium', () => {
    const set = rendered(
      (chart) =>
        new Worker(chart, 'a', { image })
          .connectsTo(internet({ fqdn: 'api.stripe.com' }), { port: 443 })
          .connectsTo(internet({ fqdn: '*.acme.example' }), { port: 443 }),
      { profile: { cni: 'cilium' } },
    );
    expect(set.get({ kind: 'CiliumNetworkPolicy' }).object).toMatchObject({
      apiVersion: 'cilium.io/v2',
      metadata: { name: 'shop-a' },
      spec: {
        endpointSelector: { matchLabels: { 'app.kubernetes.io/name': 'shop-a' } },
        egress: [
          {
            toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: [{ matchPattern: '*' }] } }],
          },
          {
            toFQDNs: [{ matchName: 'api.stripe.com' }],
            toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }],
          },
          { toFQDNs: [{ matchPattern: '*.acme.example' }] },
        ],
      },
    });
    expect(at(set.get({ kind: 'NetworkPolicy' }).object, 'spec.egress')).toHaveLength(1);
  });
});

describe('a wrong end of a connection', () => {
  const told = (build: (service: WebService) => unknown, profile: ClusterProfile = {}): unknown[] =>
    problems((chart) => build(api(chart)), { profile }).map(({ code, path, hint }) => [code, path, hint]);

  it.each<[what: string, build: (service: WebService) => unknown, problem: unknown[]]>([
    [
      'an ingress controller that the profile does not know',
      (service) => service.allowFrom(ingress()),
      ['MISSING_PROP', 'ingress', "Set `ingress: { namespace: '…' }` in the profile."],
    ],
    [
      'a Prometheus that the profile does not know',
      (service) => service.allowFrom(monitoring()),
      ['MISSING_PROP', 'monitoring', "Set `monitoring: { namespace: '…' }` in the profile."],
    ],
    [
      'a name without Cilium',
      (service) => service.connectsTo(internet({ fqdn: 'a.example' }), { port: 443 }),
      ['MISSING_PROP', 'cni', "Set `cni: 'cilium'` in the profile, or allow addresses: `internet()`."],
    ],
    [
      'a name of callers',
      (service) => service.allowFrom(internet({ fqdn: 'a.example' })),
      ['INVALID_PROP', 'fqdn', undefined],
    ],
    ['no block', (service) => service.allowFrom(cidr('10.0.0.0')), ['INVALID_PROP', 'connectsTo', undefined]],
    [
      'a port that it lacks',
      (service) => service.allowFrom(namespace('a'), { port: 'x' }),
      ['INVALID_PORT', 'connectsTo', undefined],
    ],
    ['a word', (service) => service.allowFrom('ops' as never), ['INVALID_PROP', 'allowFrom', undefined]],
  ])('is %s', (_, build, problem) => {
    expect(told(build)).toEqual([problem]);
  });
});
