import type { Construct } from 'constructs';
import type { Env, ExternalSecret, StatefulService, Trigger } from 'seaworthy';
import { Environment, Migration } from 'seaworthy';
import { StoreService } from './store-service';

export interface MakelineProps {
  readonly queue: StatefulService;
  readonly queueLogin: ExternalSecret;
  readonly database: StatefulService;
  readonly databaseLogin: ExternalSecret;
}

const DATABASE_OPTIONS = '/?tls=true&tlsAllowInvalidCertificates=true';

/** Takes orders from the queue, and keeps them. */
export class Makeline extends StoreService {
  constructor(scope: Construct, { queue, queueLogin, database, databaseLogin }: MakelineProps) {
    const databaseUser: Env = {
      ORDER_DB_USERNAME: databaseLogin.key('username'),
      ORDER_DB_PASSWORD: databaseLogin.key('password'),
    };
    const waiting: Trigger = {
      rabbitmq: {
        queue: 'orders',
        length: 20,
        // KEDA asks from another namespace, where the queue has a longer name.
        host: `amqp://${queue.host}.${queue.namespace}:5672/`,
        auth: queueLogin,
      },
    };
    const scaled = Environment.of(scope)?.has('keda') === true;
    super(scope, 'makeline-service', {
      port: 3001,
      replicas: scaled ? { max: 10, on: [waiting] } : 1,
      env: {
        ORDER_QUEUE_URI: queue.url('amqp'),
        ORDER_QUEUE_USERNAME: queueLogin.key('username'),
        ORDER_QUEUE_PASSWORD: queueLogin.key('password'),
        ORDER_QUEUE_NAME: 'orders',
        ...databaseUser,
        ORDER_DB_URI: database.url('mongodb', DATABASE_OPTIONS),
        ORDER_DB_NAME: 'orderdb',
        ORDER_DB_COLLECTION_NAME: 'orders',
      },
      resources: { cpu: { request: '1m', limit: '5m' }, memory: { request: '6Mi', limit: '20Mi' } },
      probe: {
        startup: { http: '/liveness', period: 5, failureThreshold: 10 },
        readiness: { http: '/health', initialDelay: 3, period: 5 },
        liveness: { http: '/liveness', initialDelay: 3, period: 3, failureThreshold: 5 },
      },
    });
    this.connectsTo(queue, { port: 'rabbitmq-amqp' }).connectsTo(database);

    new Migration(scope, 'migration', {
      image: 'mongo:8.0',
      command: ['mongosh', database.url('mongodb', DATABASE_OPTIONS)],
      args: ['--username=$(ORDER_DB_USERNAME)', '--password=$(ORDER_DB_PASSWORD)', '--eval', INDEX],
      env: { ...databaseUser, HOME: '/tmp' },
      resources: { cpu: '50m', memory: { request: '128Mi', limit: '256Mi' } },
      security: { runAsUser: 999 },
      before: [this],
      activeDeadline: 600,
    }).connectsTo(database);
  }
}

/** Finds an order by its number without a look at all of them. */
const INDEX = 'db.getSiblingDB("orderdb").orders.createIndex({ orderid: 1 })';
