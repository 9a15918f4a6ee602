import type { Construct } from 'constructs';
import type { ExternalSecret, StatefulService } from 'seaworthy';
import { canary, Environment, pause } from 'seaworthy';
import { StoreService } from './store-service';

const RESOURCES = {
  cpu: { request: '1m', limit: '100m' },
  memory: { request: '50Mi', limit: '256Mi' },
} as const;

/** A quarter of the orders first, as long as its pods stay up. */
const CAREFULLY = {
  replicas: 4,
  rollout: canary(['25%', pause('10m'), '50%', pause('10m')], { abortOn: ['restarts'] }),
};

/** Takes the orders of customers, and puts them into the queue. */
export class Orders extends StoreService {
  constructor(scope: Construct, queue: StatefulService, login: ExternalSecret) {
    super(scope, 'order-service', {
      port: 3000,
      env: {
        ORDER_QUEUE_HOSTNAME: queue.host,
        ORDER_QUEUE_PORT: 5672,
        ORDER_QUEUE_NAME: 'orders',
        ORDER_QUEUE_USERNAME: login.key('username'),
        ORDER_QUEUE_PASSWORD: login.key('password'),
        FASTIFY_ADDRESS: '0.0.0.0',
      },
      ...(Environment.of(scope)?.has('argo-rollouts') === true ? CAREFULLY : {}),
      resources: RESOURCES,
      probe: {
        startup: { http: '/health', initialDelay: 20, failureThreshold: 5 },
        readiness: { http: '/health', initialDelay: 3, period: 5 },
        liveness: { http: '/health', initialDelay: 3, period: 3, failureThreshold: 5 },
      },
      initContainers: {
        'wait-for-rabbitmq': {
          image: 'busybox:1.37.0',
          command: [
            'sh',
            '-c',
            `until nc -zv ${queue.host} 5672; do echo waiting for rabbitmq; sleep 2; done;`,
          ],
          resources: RESOURCES,
        },
      },
    });
    this.connectsTo(queue, { port: 'rabbitmq-amqp' });
  }
}
