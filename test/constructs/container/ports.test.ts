import type { WebServiceProps } from '../../../lib';
import { StatefulService, WebService } from '../../../lib';
import { at, containerOf, faults, faultsOf, rendered } from '../rendering';

describe('ports of a container', () => {
  it('are called main where one has no name', () => {
    expect(at(containerOf({ port: 8080 }), 'ports')).toEqual([{ name: 'main', containerPort: 8080 }]);
  });

  it('have names, protocols and ports of the node', () => {
    const ports = {
      dns: { port: 53, protocol: 'UDP' },
      'dns-tcp': 53,
      api: { port: 8443, hostPort: 443 },
    } as const;
    expect(at(containerOf({ ports }), 'ports')).toEqual([
      { name: 'dns', containerPort: 53, protocol: 'UDP' },
      { name: 'dns-tcp', containerPort: 53 },
      { name: 'api', containerPort: 8443, hostPort: 443 },
    ]);
  });

  it('are one and several', () => {
    const props = { port: { port: 80, name: 'web' }, ports: { metrics: 9090 } };
    expect(at(containerOf(props), 'ports')).toEqual([
      { name: 'web', containerPort: 80 },
      { name: 'metrics', containerPort: 9090 },
    ]);
  });
});

describe('the only port of a WebService', () => {
  it.each<[what: string, props: Partial<WebServiceProps>, name: string]>([
    ['HTTP', { port: 8080 }, 'http'],
    ['HTTPS', { port: 443 }, 'https'],
    ['PostgreSQL', { port: 5432 }, 'postgresql'],
    ['Redis on another port of the Service', { port: { port: 6379, service: 80 } }, 'redis'],
    ['AMQP', { port: 5672 }, 'amqp'],
    ['DNS', { port: { port: 53, protocol: 'UDP' } }, 'domain'],
    ['UDP', { port: { port: 9999, protocol: 'UDP' } }, 'main'],
    ['what it is called', { port: { port: 5432, name: 'sql' } }, 'sql'],
    ['HTTP where a probe says so', { port: 5672, probe: { http: '/healthz' } }, 'http'],
    ['gRPC where a probe says so', { port: 8080, probe: { grpc: true } }, 'grpc'],
  ])('is named by what it speaks: %s', (_, props, name) => {
    const set = rendered((chart) => new WebService(chart, 'web', { image: 'a/b:1', ...props }));
    expect(at(set.get({ kind: 'Service' }).object, 'spec.ports.0')).toMatchObject({ name, targetPort: name });
    const pod = at(set.get({ kind: 'Deployment' }).object, 'spec.template.spec');
    expect(at(pod, 'containers.0.ports.0.name')).toBe(name);
  });
});

describe('the only port of a StatefulService', () => {
  it.each<[what: string, props: object, name: string]>([
    ['PostgreSQL', { port: 5432 }, 'postgresql'],
    ['what nothing says', { port: 8080 }, 'main'],
    ['HTTP where a probe says so', { port: 8080, probe: { http: '/healthz' } }, 'http'],
    ['what it is called', { port: { port: 5432, name: 'sql' } }, 'sql'],
  ])('is named by what it speaks: %s', (_, props, name) => {
    const set = rendered((chart) => new StatefulService(chart, 'db', { image: 'a/b:1', ...props }));
    expect(at(set.get({ kind: 'Service' }).object, 'spec.ports.0')).toMatchObject({ name, targetPort: name });
    const pod = at(set.get({ kind: 'StatefulSet' }).object, 'spec.template.spec');
    expect(at(pod, 'containers.0.ports.0.name')).toBe(name);
  });
});

describe('ports of a Service', () => {
  it('lead to those of the container by name', () => {
    const set = rendered((chart) => {
      const http = { port: 8080, service: 80, appProtocol: 'kubernetes.io/h2c', nodePort: 30080 };
      const ports = { http, dns: { port: 53, protocol: 'UDP' } } as const;
      new WebService(chart, 'web', {
        image: 'a/b:1',
        ports,
        service: { type: 'NodePort', ports: ['http', 'dns'] },
      });
    });
    expect(at(set.get({ kind: 'Service' }).object, 'spec.ports')).toEqual([
      { name: 'http', port: 80, targetPort: 'http', appProtocol: 'kubernetes.io/h2c', nodePort: 30080 },
      { name: 'dns', port: 53, targetPort: 'dns', protocol: 'UDP' },
    ]);
  });

  it('are called http, or grpc where a probe asks so', () => {
    const ports = (probe?: { readonly grpc: true }): unknown => {
      const set = rendered((chart) => {
        new WebService(chart, 'web', { image: 'a/b:1', port: 80, ...(probe === undefined ? {} : { probe }) });
      });
      return at(set.get({ kind: 'Service' }).object, 'spec.ports.0.name');
    };
    expect(ports()).toBe('http');
    expect(ports({ grpc: true })).toBe('grpc');
  });
});

describe('wrong ports', () => {
  it.each<[object, readonly string[]]>([
    [{ port: 0 }, ['INVALID_PORT port.port']],
    [{ port: 99999 }, ['INVALID_PORT port.port']],
    [{ port: '8080' }, ['INVALID_PORT port']],
    [{ port: {} }, ['INVALID_PORT port.port']],
    [{ port: null }, ['INVALID_PORT port']],
    [{ port: { port: 80, protocl: 'UDP' } }, ['UNKNOWN_PROP port.protocl']],
    [{ port: { port: 80, protocol: 'tcp' } }, ['INVALID_PORT port.protocol']],
    [{ port: { port: 80, name: 'a_name' } }, ['INVALID_NAME port.name']],
    [{ ports: { 'the-longest-name': 80 } }, ['INVALID_NAME ports.the-longest-name.name']],
    [{ ports: { http: { port: 80, hostPort: 70000 } } }, ['INVALID_PORT ports.http.hostPort']],
    [{ ports: { http: { port: 80, name: 'web' } } }, ['UNKNOWN_PROP ports.http.name']],
    [{ ports: { a: 80, b: 80 } }, ['DUPLICATE_NAME ports', 'DUPLICATE_NAME ports']],
    [{ port: { port: 80, name: 'a' }, ports: { a: 81 } }, ['DUPLICATE_NAME ports']],
    [
      { ports: { a: { port: 80, appProtocol: 'h 2' } } },
      ['INVALID_PORT ports.a.appProtocol', 'INVALID_PORT ports.a.appProtocol'],
    ],
  ])('%j', (props, expected) => {
    expect(faultsOf(props)).toEqual(expected);
  });

  it('are what only a Service can have, where there is none', () => {
    const port = { port: 80, service: 8080, nodePort: 30000 };
    expect(faultsOf({ port })).toEqual([
      'INVALID_PORT ports.main.nodePort',
      'INVALID_PORT ports.main.service',
    ]);
    const sidecars = { proxy: { image: 'a/b:1', port: { port: 80, service: 8080 } } };
    expect(faults((chart) => new WebService(chart, 'web', { image: 'a/b:1', port: 80, sidecars }))).toEqual([
      'INVALID_PORT sidecars.proxy.ports.main.service',
    ]);
  });

  it('are two of one number on the Service', () => {
    const ports = { a: { port: 8080, service: 80 }, b: { port: 8081, service: 80 } };
    expect(faults((chart) => new WebService(chart, 'web', { image: 'a/b:1', ports }))).toEqual([
      'DUPLICATE_NAME ports',
    ]);
  });

  it('are another number on a headless Service, which leads to the pods themselves', () => {
    const port = { port: 5432, service: 80 };
    expect(faults((chart) => new StatefulService(chart, 'db', { image: 'a/b:1', port }))).toEqual([
      'INVALID_PORT ports.postgresql.service',
    ]);
  });

  it('are one port of the node for two containers', () => {
    const port = { port: 80, hostPort: 80 };
    expect(faultsOf({ port, containers: { other: { image: 'a/b:1', port } } })).toEqual([
      'DUPLICATE_NAME ports.main.hostPort',
    ]);
  });

  it('are another port of the node on the network of the node', () => {
    expect(faultsOf({ hostNetwork: true, port: { port: 8080, hostPort: 80 } })).toEqual([
      'INVALID_PORT ports.main.hostPort',
    ]);
    expect(
      faultsOf({ hostNetwork: true, port: 80, containers: { o: { image: 'a/b:1', port: 80 } } }),
    ).toEqual(['DUPLICATE_NAME ports.main.hostPort']);
  });
});
