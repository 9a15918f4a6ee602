import { at, problems, rendered } from '../../../test/constructs/rendering';
import type { Chart, ClusterProfile, WorkerProps } from '../../index';
import {
  App,
  cidr,
  Environment,
  Chart as OurChart,
  internet,
  ServiceAccount,
  synth,
  WebService,
  Worker,
} from '../../index';

const image = 'a/b:1';
const ADDRESSES: ClusterProfile = { apiServer: { cidrs: ['10.0.0.1/32', '10.0.0.2/32'] } };
const USUAL = [443, 6443].map((port) => ({ protocol: 'TCP', port }));
const ANYWHERE = [{ ports: USUAL }];
const THERE = [
  { to: [{ ipBlock: { cidr: '10.0.0.1/32' } }, { ipBlock: { cidr: '10.0.0.2/32' } }], ports: USUAL },
];

const granted = (chart: Chart, id = 'a'): Worker =>
  new Worker(chart, id, { image }).grant(['get'], 'configmaps');
const made = (chart: Chart, props: Partial<WorkerProps>): Worker =>
  new Worker(chart, 'a', { image, ...props });
const connected = (chart: Chart, client: Worker): Worker =>
  client.connectsTo(new WebService(chart, 'db', { image, port: 5432 }));

/** The egress rules of the Worker apart from those for DNS and for the database. */
function egress(build: (chart: Chart) => unknown, profile: ClusterProfile = {}): unknown[] {
  const set = rendered(build, { profile });
  const rules = at(set.get({ kind: 'NetworkPolicy', name: 'shop-a' }).object, 'spec.egress') as object[];
  return rules.slice(2);
}

describe('pods that may not call everything, and have a token', () => {
  it.each<[string, (chart: Chart) => unknown, ClusterProfile, object[]]>([
    ['call it at any address', (chart) => connected(chart, granted(chart)), {}, ANYWHERE],
    ['call the addresses of the profile', (chart) => connected(chart, granted(chart)), ADDRESSES, THERE],
    [
      'call the ports of the profile',
      (chart) => connected(chart, granted(chart)),
      { apiServer: { cidrs: ['10.0.0.1/32'], ports: [16443] } },
      [{ to: [{ ipBlock: { cidr: '10.0.0.1/32' } }], ports: [{ protocol: 'TCP', port: 16443 }] }],
    ],
    [
      'also where the grant comes after the connection',
      (chart) => connected(chart, new Worker(chart, 'a', { image })).grant('get', 'pods'),
      ADDRESSES,
      THERE,
    ],
    [
      'also where the token is asked for',
      (chart) => connected(chart, made(chart, { serviceAccountToken: true })),
      ADDRESSES,
      THERE,
    ],
    [
      'also where their account has it',
      (chart) => {
        const serviceAccount = new ServiceAccount(chart, 'account', { token: true });
        connected(chart, made(chart, { serviceAccount }));
      },
      ADDRESSES,
      THERE,
    ],
    ['only then', (chart) => connected(chart, new Worker(chart, 'a', { image })), ADDRESSES, []],
    [
      'not where the token is refused',
      (chart) => connected(chart, made(chart, { serviceAccountToken: false }).grant('get', 'pods')),
      ADDRESSES,
      [],
    ],
    [
      'not where the user allows its addresses',
      (chart) => connected(chart, granted(chart)).allowTo(cidr('10.1.0.1/32'), { port: 6443 }),
      ADDRESSES,
      [{ to: [{ ipBlock: { cidr: '10.1.0.1/32' } }], ports: [{ protocol: 'TCP', port: 6443 }] }],
    ],
  ])('%s', (_, build, profile, expected) => {
    expect(egress(build, profile)).toEqual(expected);
  });

  it.each([
    ['addresses of a database', (worker: Worker) => worker.allowTo(cidr('10.9.0.0/16'), { port: 5432 })],
    ['the internet', (worker: Worker) => worker.allowTo(internet(), { port: 443 })],
  ])('call it beside %s', (_, allow) => {
    expect(egress((chart) => allow(connected(chart, granted(chart))), ADDRESSES)).toEqual([
      expect.anything(),
      ...THERE,
    ]);
  });

  it('call it by a policy of Cilium, which knows it without addresses', () => {
    const build = (chart: Chart): Worker => connected(chart, granted(chart));
    expect(egress(build, { cni: 'cilium' })).toEqual([]);
    const policy = (profile: ClusterProfile): unknown =>
      at(rendered(build, { profile }).get({ kind: 'CiliumNetworkPolicy' }).object, 'spec.egress');
    expect(policy({ cni: 'cilium' })).toEqual([{ toEntities: ['kube-apiserver'] }]);
    expect(policy({ cni: 'cilium', apiServer: { cidrs: [], ports: [6443] } })).toEqual([
      { toEntities: ['kube-apiserver'], toPorts: [{ ports: [{ port: '6443', protocol: 'TCP' }] }] },
    ]);
  });

  it('have no policy of Cilium while they may call everything', () => {
    const set = rendered((chart) => granted(chart).allowFrom(cidr('10.0.0.0/8'), { port: 80 }), {
      profile: { cni: 'cilium' },
    });
    expect(set.find({ kind: 'CiliumNetworkPolicy' })).toEqual([]);
  });
});

describe('pods with a token in an isolated namespace', () => {
  const found = (profile: ClusterProfile, build: (chart: Chart) => unknown = granted): unknown[] =>
    problems(
      (chart) =>
        build(new OurChart(chart.node.scope ?? new App(), 'jobs', { namespace: 'jobs', isolated: true })),
      { profile },
    ).map(({ code, path, hint }) => [code, path, hint?.includes('apiServer: { cidrs')]);

  it('need to know where the API server is', () => {
    expect(found({})).toEqual([['MISSING_PROP', 'apiServer', true]]);
    expect(found(ADDRESSES)).toEqual([]);
    expect(found({ cni: 'cilium' })).toEqual([]);
    expect(found({}, (chart) => granted(chart).allowTo(cidr('10.0.0.1/32'), { port: 443 }))).toEqual([]);
    expect(found({}, (chart) => granted(chart).allowTo(internet(), { port: 443 }))).toHaveLength(1);
  });

  it('may call it', () => {
    const environment = new Environment(new App(), 'production', ADDRESSES);
    granted(new OurChart(environment, 'shop', { namespace: 'shop', isolated: true }));
    const set = synth(environment.node.root as App);
    expect(at(set.get({ kind: 'NetworkPolicy', name: 'shop-a' }).object, 'spec.egress')).toEqual([
      expect.anything(),
      ...THERE,
    ]);
  });
});

test('the addresses of a profile are checked', () => {
  const found = problems(() => undefined, { profile: { apiServer: { cidrs: ['10.0.0.1'], ports: [0] } } });
  expect(found.map(({ code, path }) => [code, path])).toEqual([
    ['INVALID_PROP', 'profile.apiServer.cidrs[0]'],
    ['INVALID_PORT', 'profile.apiServer.ports[0]'],
  ]);
});
