import { at, only, problems, rendered } from '../../../test/constructs/rendering';
import type { Chart, StatefulServiceProps } from '../../index';
import { StatefulService, WebService } from '../../index';

const PORTS = { http: { port: 8080, service: 80 }, metrics: 9153 };

function db(props: Partial<StatefulServiceProps>): (chart: Chart) => StatefulService {
  return (chart) =>
    new StatefulService(chart, 'db', { image: 'a/b:1', ports: { sql: 5432, metrics: 9187 }, ...props });
}

function servicesOf(build: (chart: Chart) => unknown): unknown[] {
  return [...rendered(build)].map(({ object }) => object).filter(({ kind }) => kind === 'Service');
}

describe('a Service', () => {
  it('leads to the ports that it chooses', () => {
    const services = servicesOf((chart) => {
      const web = new WebService(chart, 'web', {
        image: 'a/b:1',
        ports: PORTS,
        service: { ports: ['http'] },
      });
      web.expose('scrape', { ports: ['metrics'] });
    });
    expect(services.map((service) => at(service, 'spec.ports'))).toEqual([
      [{ name: 'http', port: 80, targetPort: 'http' }],
      [{ name: 'metrics', port: 9153, targetPort: 'metrics' }],
    ]);
  });

  it('is called by the first port that it chooses', () => {
    let address = '';
    rendered((chart) => {
      address = new WebService(chart, 'web', {
        image: 'a/b:1',
        ports: PORTS,
        service: { ports: ['metrics'] },
      }).address;
    });
    expect(address).toBe('shop-web:9153');
  });

  it.each([
    [['htp'], 'INVALID_PORT', 'service.ports[0]', 'Did you mean "http"?'],
    [[], 'MISSING_PROP', 'service.ports', undefined],
  ])('is told of ports that there are not: %j', (ports, code, path, hint) => {
    const found = problems(
      (chart) => new WebService(chart, 'web', { image: 'a/b:1', ports: PORTS, service: { ports } }),
    );
    expect(found).toMatchObject([{ code, path }]);
    expect(found[0]?.hint).toBe(hint);
  });
});

describe('a StatefulService', () => {
  it('has a headless Service alone by default', () => {
    expect(servicesOf(db({}))).toMatchObject([
      { metadata: { name: 'shop-db' }, spec: { clusterIP: 'None' } },
    ]);
  });

  it('has a Service for clients beside the headless one, which pods and clients are pointed to', () => {
    let names: readonly string[] = [];
    const services = servicesOf((chart) => {
      const made = db({
        ports: { sql: { port: 5432, service: 5000 }, metrics: 9187 },
        service: { ports: ['sql'] },
      })(chart);
      names = [made.host, made.address, made.replicaHost(1)];
    });
    expect(names).toEqual(['shop-db-client', 'shop-db-client:5000', 'shop-db-1.shop-db']);
    expect(services).toMatchObject([
      { metadata: { name: 'shop-db-client' }, spec: { ports: [{ name: 'sql', port: 5000 }] } },
      { metadata: { name: 'shop-db' }, spec: { clusterIP: 'None', ports: [{ port: 5432 }, { port: 9187 }] } },
    ]);
    expect(at(only('StatefulSet', db({ service: {} })), 'spec.serviceName')).toBe('shop-db');
  });

  it('has Services of the names that they are given', () => {
    let names: readonly string[] = [];
    const services = servicesOf((chart) => {
      const made = db({ service: { name: 'postgres' } })(chart);
      made.expose('public', { name: 'postgres-public', type: 'LoadBalancer', ports: ['sql'] });
      names = [made.host, made.address, made.url('postgres', '/shop')];
    });
    expect(names).toEqual(['postgres', 'postgres:5432', 'postgres://postgres:5432/shop']);
    expect(services.map((service) => at(service, 'metadata.name')).sort()).toEqual([
      'postgres',
      'postgres-public',
      'shop-db',
    ]);
  });

  it('exposes further Services', () => {
    const build = (chart: Chart): unknown =>
      db({})(chart).expose('public', { type: 'LoadBalancer', ports: ['sql'] });
    expect(servicesOf(build)).toContainEqual(
      expect.objectContaining({
        spec: expect.objectContaining({
          type: 'LoadBalancer',
          ports: [{ name: 'sql', port: 5432, targetPort: 'sql' }],
        }) as unknown,
      }),
    );
  });

  it('has no other port on a headless Service alone', () => {
    expect(problems(db({ ports: { sql: { port: 5432, service: 80 } } }))).toMatchObject([
      { code: 'INVALID_PORT', hint: 'Set `service` for a Service with an address of its own.' },
    ]);
  });
});

it.each([
  ['NET_ADMIN', 'privileged'],
  ['CHOWN', 'baseline'],
])('a container that adds %s is told of a profile that allows it', (name, level) => {
  const containerSecurity = { capabilities: { add: [name] } };
  const [problem] = problems(db({ containerSecurity }));
  expect(problem?.hint).toContain(`Set \`profile\` to '${level}'`);
  expect(problem?.hint).toContain(`podSecurity: '${level}'`);
});
