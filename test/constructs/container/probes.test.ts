import type { Probe, Probes, WorkerProps } from '../../../lib';
import { WebService } from '../../../lib';
import { at, containerOf, faultsOf, only } from '../rendering';

function probesOf(
  probe: Probe | Probes,
  props: Partial<WorkerProps> = { port: 8080 },
): Readonly<Record<string, unknown>> {
  const { readinessProbe, livenessProbe, startupProbe } = containerOf({ ...props, probe }) as Record<
    string,
    unknown
  >;
  return { readinessProbe, livenessProbe, startupProbe };
}

describe('one question', () => {
  it('decides on traffic, with more patience on a restart, and with most on the start', () => {
    const httpGet = { path: '/healthz', port: 'main' };
    expect(probesOf({ http: '/healthz' })).toEqual({
      readinessProbe: { httpGet },
      livenessProbe: { httpGet, failureThreshold: 6 },
      startupProbe: { httpGet, periodSeconds: 5, failureThreshold: 60 },
    });
  });

  it('takes times for all purposes, and counts of answers only where the API has them', () => {
    const probe = {
      tcp: true,
      period: 20,
      timeout: 3,
      failureThreshold: 2,
      successThreshold: 2,
      terminationGracePeriod: 9,
    } as const;
    const tcpSocket = { port: 'main' };
    expect(probesOf(probe)).toEqual({
      readinessProbe: {
        tcpSocket,
        periodSeconds: 20,
        timeoutSeconds: 3,
        failureThreshold: 2,
        successThreshold: 2,
      },
      livenessProbe: {
        tcpSocket,
        periodSeconds: 20,
        timeoutSeconds: 3,
        failureThreshold: 2,
        terminationGracePeriodSeconds: 9,
      },
      startupProbe: {
        tcpSocket,
        periodSeconds: 5,
        timeoutSeconds: 3,
        failureThreshold: 60,
        terminationGracePeriodSeconds: 9,
      },
    });
  });

  it('that is wrong is told once', () => {
    expect(faultsOf({ port: 80, probe: { http: '/x', period: 0 } })).toEqual(['INVALID_PROP probe.period']);
  });
});

describe('a question for each purpose', () => {
  it('asks by HTTP, TCP, gRPC and a command', () => {
    const probe: Probes = {
      readiness: {
        http: '/ready',
        port: 9090,
        scheme: 'HTTPS',
        host: 'x.example',
        headers: { 'X-A': 'b' },
        initialDelay: 5,
      },
      liveness: { tcp: 'main' },
      startup: { grpc: true, service: 'shop.Cart' },
    };
    expect(probesOf(probe)).toEqual({
      readinessProbe: {
        httpGet: {
          path: '/ready',
          port: 9090,
          scheme: 'HTTPS',
          host: 'x.example',
          httpHeaders: [{ name: 'X-A', value: 'b' }],
        },
        initialDelaySeconds: 5,
      },
      livenessProbe: { tcpSocket: { port: 'main' } },
      startupProbe: { grpc: { port: 8080, service: 'shop.Cart' } },
    });
    expect(probesOf({ liveness: { command: ['pg_isready'] } })['livenessProbe']).toEqual({
      exec: { command: ['pg_isready'] },
    });
  });

  it('leaves the others unasked', () => {
    expect(containerOf({ probe: { readiness: { tcp: 80 } } })).not.toHaveProperty('livenessProbe');
  });
});

describe('a probe that names no port', () => {
  it('asks the first one that answers, by its name', () => {
    const ports = { dns: { port: 53, protocol: 'UDP' }, health: 8080, other: 9090 } as const;
    expect(probesOf({ readiness: { http: '/x' } }, { ports })).toMatchObject({
      readinessProbe: { httpGet: { port: 'health' } },
    });
  });

  it('asks the port of a WebService', () => {
    const web = only(
      'Deployment',
      (chart) => new WebService(chart, 'web', { image: 'a/b:1', port: 80, probe: { http: '/' } }),
    );
    expect(at(web, 'spec.template.spec.containers.0.readinessProbe.httpGet.port')).toBe('http');
  });

  it('is told where there is none', () => {
    expect(faultsOf({ probe: { http: '/x' } })).toEqual(['MISSING_PROP probe.port']);
    expect(faultsOf({ probe: { grpc: true }, port: { port: 53, protocol: 'UDP' } })).toEqual([
      'MISSING_PROP probe.port',
    ]);
  });
});

describe('a wrong probe', () => {
  it.each<[object, string]>([
    [{ readiness: { http: '/x', port: 'metrics' } }, 'INVALID_PORT probe.readiness.port'],
    [{ readiness: { http: '/x', port: 70000 } }, 'INVALID_PORT probe.readiness.port'],
    [{ readiness: { grpc: 0 } }, 'INVALID_PORT probe.readiness.port'],
    [{ readiness: { http: '' } }, 'INVALID_PROP probe.readiness.http'],
    [{ readiness: { http: '/', scheme: 'https' } }, 'INVALID_PROP probe.readiness.scheme'],
    [{ readiness: { http: '/', headers: { 'X A': 'b' } } }, 'INVALID_NAME probe.readiness.headers.X A'],
    [{ readiness: { http: '/', tcp: true } }, 'INVALID_PROP probe.readiness.tcp'],
    [{ readiness: { tcp: true, headers: {} } }, 'UNKNOWN_PROP probe.readiness.headers'],
    [{ readiness: { grpc: true, port: 80 } }, 'UNKNOWN_PROP probe.readiness.port'],
    [{ readiness: { command: ['x'], periodd: 5 } }, 'UNKNOWN_PROP probe.readiness.periodd'],
    [{ readiness: { command: 'pg_isready' } }, 'INVALID_PROP probe.readiness.command'],
    [{ readiness: { command: [] } }, 'MISSING_PROP probe.readiness.command'],
    [{ readiness: { period: 5 } }, 'INVALID_PROP probe.readiness'],
    [{ readiness: { tcp: true, timeout: 0 } }, 'INVALID_PROP probe.readiness.timeout'],
    [
      { readiness: { tcp: true, terminationGracePeriod: 5 } },
      'INVALID_PROP probe.readiness.terminationGracePeriod',
    ],
    [{ liveness: { tcp: true, successThreshold: 2 } }, 'INVALID_PROP probe.liveness.successThreshold'],
    [{ startup: { tcp: true, initialDelay: 1.5 } }, 'INVALID_PROP probe.startup.initialDelay'],
    [{ readyness: { tcp: true } }, 'UNKNOWN_PROP probe.readyness'],
    [{ httpGet: { path: '/' } }, 'UNKNOWN_PROP probe.httpGet'],
  ])('%j', (probe, fault) => {
    expect(faultsOf({ port: 8080, probe })).toEqual([fault]);
  });
});
