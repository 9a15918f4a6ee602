import type { Construct } from 'constructs';
import { ExternalSecret, StatefulService } from 'seaworthy';

/** A login of the store that holds the secrets. */
export function addLogin(scope: Construct, what: 'database' | 'queue', store: string): ExternalSecret {
  return new ExternalSecret(scope, `${what}-login`, {
    store,
    keys: { username: `pet-store-${what}#username`, password: `pet-store-${what}#password` },
  });
}

/** The orders that wait for the makeline. */
export function addQueue(scope: Construct, login: ExternalSecret): StatefulService {
  return new StatefulService(scope, 'queue', {
    image: 'rabbitmq:4.3.2-management-alpine',
    ports: { 'rabbitmq-amqp': 5672, 'rabbitmq-http': 15672 },
    service: {},
    env: { RABBITMQ_DEFAULT_USER: login.key('username'), RABBITMQ_DEFAULT_PASS: login.key('password') },
    storage: { '/var/lib/rabbitmq': '5Gi' },
    resources: { cpu: { request: '10m', limit: '250m' }, memory: { request: '128Mi', limit: '256Mi' } },
    probe: {
      startup: { tcp: 'rabbitmq-amqp', initialDelay: 10, failureThreshold: 30 },
      readiness: { tcp: 'rabbitmq-amqp', initialDelay: 5, period: 5 },
      liveness: { tcp: 'rabbitmq-amqp', initialDelay: 30 },
    },
    // Its cookie has to stay its owner's alone.
    security: { runAsUser: 100, runAsGroup: 101, fsGroup: 101, fsGroupChangePolicy: 'OnRootMismatch' },
  });
}

/** The orders that were made. */
export function addDatabase(scope: Construct, login: ExternalSecret): StatefulService {
  return new StatefulService(scope, 'database', {
    image: 'ghcr.io/documentdb/documentdb/documentdb-local:pg17-0.112.0',
    args: ['--username', '$(LOGIN_NAME)', '--password', '$(LOGIN_PASSWORD)'],
    port: { name: 'documentdb', port: 10260 },
    service: {},
    env: {
      LOGIN_NAME: login.key('username'),
      LOGIN_PASSWORD: login.key('password'),
      DATA_PATH: '/data/postgres', // Postgres makes it, so that it is its own
    },
    enableServiceLinks: false, // a Service that is called documentdb would change its settings
    storage: {
      '/data': '20Gi',
      '/var/log/documentdb': { temporary: true },
      '/var/run/postgresql': { temporary: true },
    },
    resources: { cpu: { request: '5m', limit: '25m' }, memory: { request: '75Mi', limit: '1024Mi' } },
    probe: {
      startup: { tcp: true, period: 5, failureThreshold: 30 },
      readiness: { tcp: true, initialDelay: 5, period: 5, timeout: 5 },
      liveness: { tcp: true, timeout: 5 },
    },
    // It writes beside its own files. It would like to be root for a while, and goes on without.
    security: {
      runAsUser: 1000,
      runAsGroup: 1000,
      fsGroup: 1000,
      fsGroupChangePolicy: 'OnRootMismatch',
      readOnlyRootFilesystem: false,
    },
  });
}
