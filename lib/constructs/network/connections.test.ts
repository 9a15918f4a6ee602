import * as kplus from 'cdk8s-plus-27';
import { Chart, StatefulService, WebService, Worker } from '../../index';
import { at, problems, rendered } from '../../../test/constructs/rendering';

const image = 'a/b:1';
const labels = (name: string): object => ({
  matchLabels: { 'app.kubernetes.io/instance': name, 'app.kubernetes.io/name': name },
});
const DNS = {
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
};

describe('a connection', () => {
  it('is a policy on both sides, and leaves names resolvable', () => {
    const set = rendered((chart) => {
      const cache = new WebService(chart, 'cache', { image, port: 6379 });
      new Worker(chart, 'api', { image }).connectsTo(cache);
    });
    expect(set.get({ kind: 'NetworkPolicy', name: 'shop-api' }).object['spec']).toEqual({
      podSelector: labels('shop-api'),
      policyTypes: ['Egress'],
      egress: [
        DNS,
        { to: [{ podSelector: labels('shop-cache') }], ports: [{ protocol: 'TCP', port: 6379 }] },
      ],
    });
    expect(set.get({ kind: 'NetworkPolicy', name: 'shop-cache' }).object['spec']).toEqual({
      podSelector: labels('shop-cache'),
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ podSelector: labels('shop-api') }], ports: [{ protocol: 'TCP', port: 6379 }] }],
    });
  });

  it('leads to ports by number, name and protocol', () => {
    const egress = (port?: number | string | (number | string)[]): unknown => {
      const set = rendered((chart) => {
        const ports = { dns: { port: 53, protocol: 'UDP' }, api: 8080 } as const;
        const peer = new WebService(chart, 'peer', { image, ports });
        new Worker(chart, 'api', { image }).connectsTo(peer, port === undefined ? {} : { port });
      });
      return at(set.get({ kind: 'NetworkPolicy', name: 'shop-api' }).object, 'spec.egress.1.ports');
    };
    const [udp, tcp] = [
      { protocol: 'UDP', port: 53 },
      { protocol: 'TCP', port: 8080 },
    ];
    expect(egress()).toEqual([udp, tcp]);
    expect(egress('dns')).toEqual([udp]);
    expect(egress([8080, 'dns'])).toEqual([tcp, udp]);
  });

  it('crosses namespaces', () => {
    const set = rendered(
      (chart) => {
        const other = new WebService(new Chart(chart, 'other', { namespace: 'data' }), 'db', {
          image,
          port: 5432,
        });
        new Worker(chart, 'api', { image }).connectsTo(other);
      },
      { chart: { namespace: 'shop' } },
    );
    expect(at(set.get({ kind: 'NetworkPolicy', name: 'shop-api' }).object, 'spec.egress.1.to')).toEqual([
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'data' } },
        podSelector: labels('shop-other-db'),
      },
    ]);
    expect(set.get({ kind: 'NetworkPolicy', namespace: 'data' }).object).toMatchObject({
      spec: {
        ingress: [
          { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } }] },
        ],
      },
    });
  });

  it('leads to addresses outside, and to workloads of cdk8s-plus', () => {
    const set = rendered((chart) => {
      const theirs = new kplus.Deployment(chart, 'theirs', { containers: [{ image, portNumber: 80 }] });
      new Worker(chart, 'api', { image })
        .connectsTo({ cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] }, { port: 443 })
        .connectsTo(theirs, { port: 80 });
    });
    const egress = at(set.get({ kind: 'NetworkPolicy' }).object, 'spec.egress');
    expect(at(egress, '1')).toEqual({
      to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }],
      ports: [{ protocol: 'TCP', port: 443 }],
    });
    const { object } = set.get({ kind: 'Deployment', name: 'shop-theirs' });
    expect(at(egress, '2.to')).toEqual([
      { podSelector: { matchLabels: at(object, 'spec.selector.matchLabels') } },
    ]);
  });

  it('leaves the route open, and replicas to each other', () => {
    const set = rendered((chart) => {
      const db = new StatefulService(chart, 'db', { image, port: 5432 });
      const web = new WebService(chart, 'web', { image, port: 80, route: { host: 'shop.example' } });
      new Worker(chart, 'robot', { image }).connectsTo(web).connectsTo(db);
    });
    expect(at(set.get({ kind: 'NetworkPolicy', name: 'shop-web' }).object, 'spec.ingress')).toContainEqual({
      ports: [{ protocol: 'TCP', port: 80 }],
    });
    expect(at(set.get({ kind: 'NetworkPolicy', name: 'shop-db' }).object, 'spec.ingress')).toContainEqual({
      from: [{ podSelector: labels('shop-db') }],
    });
  });

  it('leaves a Service that is reached from outside open', () => {
    const set = rendered((chart) => {
      const web = new WebService(chart, 'web', { image, port: 80, service: { type: 'NodePort' } });
      web.expose('world', { type: 'LoadBalancer' });
      new Worker(chart, 'robot', { image }).connectsTo(web);
    });
    const everyone = { ports: [{ protocol: 'TCP', port: 80 }] };
    expect(at(set.get({ kind: 'NetworkPolicy', name: 'shop-web' }).object, 'spec.ingress')).toEqual([
      everyone,
      expect.objectContaining({ from: [{ podSelector: labels('shop-robot') }] }),
    ]);
  });

  it('is one policy for all connections of a workload', () => {
    const set = rendered((chart) => {
      const [a, b] = ['a', 'b'].map((id) => new WebService(chart, id, { image, port: 80 }));
      if (a !== undefined && b !== undefined) new Worker(chart, 'api', { image }).connectsTo(a).connectsTo(b);
    });
    expect(set.find({ kind: 'NetworkPolicy' }).map(({ id }) => id.name)).toEqual([
      'shop-a',
      'shop-b',
      'shop-api',
    ]);
    expect(at(set.get({ kind: 'NetworkPolicy', name: 'shop-api' }).object, 'spec.egress')).toHaveLength(3);
  });

  it('is none where nobody connects: a route alone closes nothing', () => {
    const set = rendered(
      (chart) => new WebService(chart, 'web', { image, port: 80, route: { host: 'shop.example' } }),
    );
    expect(set.find({ kind: 'NetworkPolicy' })).toEqual([]);
  });
});

describe('a wrong connection', () => {
  const told = (build: (api: Worker, chart: Chart) => unknown) =>
    problems((chart) => build(new Worker(chart, 'api', { image }), chart)).map(
      ({ code, place }) => `${code} ${place}`,
    );

  it('leads to ports that the other side lacks', () => {
    expect(told((api, chart) => api.connectsTo(new Worker(chart, 'x', { image })))).toEqual([
      'MISSING_PROP shop/api',
    ]);
    expect(
      told((api, chart) => api.connectsTo(new Worker(chart, 'x', { image, port: 1 }), { port: 'y' })),
    ).toEqual(['INVALID_PORT shop/api']);
    expect(told((api) => api.connectsTo({ cidr: '10.0.0.0/8' }, { port: 0 }))).toEqual([
      'INVALID_PORT shop/api',
    ]);
  });

  it('says which port is unknown, and what to do where there is none', () => {
    const words = (port?: string) =>
      problems((chart) => {
        const peer = new Worker(chart, 'x', { image, ...(port === undefined ? {} : { port: 1 }) });
        new Worker(chart, 'api', { image }).connectsTo(peer, port === undefined ? {} : { port });
      }).map(({ message, hint }) => [message, hint]);
    expect(words('y')).toEqual([['unknown port "y"', undefined]]);
    expect(words()).toEqual([
      ['Required value: the other side has no ports', 'Set the port: `connectsTo(other, { port: 5432 })`.'],
    ]);
  });

  it('leads to no address', () => {
    expect(told((api) => api.connectsTo({ cidr: '10.0.0.0' }, { port: 80 }))).toEqual([
      'INVALID_PROP shop/api',
    ]);
  });
});
