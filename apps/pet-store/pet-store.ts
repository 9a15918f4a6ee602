import type { Construct } from 'constructs';
import type { ServiceProps } from 'seaworthy';
import { Chart, Namespace, Route } from 'seaworthy';
import { addDatabase, addLogin, addQueue } from './backing';
import { Front } from './front';
import { Makeline } from './makeline';
import { Orders } from './orders';
import { Robot } from './robot';
import { SMALL, StoreService } from './store-service';

export interface PetStoreProps {
  /** Where customers find it, and employees below `/admin`. @default load balancers without a name */
  readonly host?: string;
  /** Store that holds the logins. */
  readonly secretStore: string;
  /** Orders that the virtual customer places, and the virtual worker finishes. */
  readonly ordersPerHour: number;
}

/** A store for pets, with a customer and a worker of its own. */
export class PetStore extends Chart {
  constructor(scope: Construct, id: string, { host, secretStore, ordersPerHour }: PetStoreProps) {
    super(scope, id, {
      namespace: 'pets',
      isolated: true,
      defaults: { nodeSelector: { 'kubernetes.io/os': 'linux' } },
    });
    this.suppress(
      'policy/same-probes',
      'because one endpoint is all that the services have; it is asked more often before a restart',
    );
    new Namespace(this, 'namespace', { name: 'pets' });

    const queueLogin = addLogin(this, 'queue', secretStore);
    const queue = addQueue(this, queueLogin);
    const databaseLogin = addLogin(this, 'database', secretStore);
    const database = addDatabase(this, databaseLogin);

    const products = new StoreService(this, 'product-service', {
      port: 3002,
      // An optional part that is not deployed; the service wants its address all the same.
      env: { AI_SERVICE_URL: 'http://ai-service:5001/' },
      resources: SMALL,
      probe: {
        readiness: { http: '/health', initialDelay: 3, period: 5 },
        liveness: { http: '/health', initialDelay: 3, period: 3, failureThreshold: 5 },
      },
    });
    const orders = new Orders(this, queue, queueLogin);
    const makeline = new Makeline(this, { queue, queueLogin, database, databaseLogin });

    const service: ServiceProps = host === undefined ? { type: 'LoadBalancer' } : {};
    const front = new Front(this, 'store-front', {
      port: { name: 'store-front', port: 8080, service: 80 },
      service,
      startup: { http: '/health', initialDelay: 5, period: 5 },
      readiness: { http: '/health', initialDelay: 3, period: 3 },
      calls: [orders, products],
    });
    const admin = new Front(this, 'store-admin', {
      port: { name: 'store-admin', port: 8081, service: 80 },
      service,
      startup: { http: '/health', initialDelay: 5, period: 5 },
      readiness: { http: '/health', initialDelay: 3, period: 5 },
      calls: [makeline, orders, products],
    });
    if (host !== undefined)
      new Route(this, 'fronts', { host, paths: { '/': front, '/admin': { to: admin, rewrite: '/' } } });

    new Robot(this, 'virtual-customer', orders, {
      ORDER_SERVICE_URL: orders.url('http', '/'),
      ORDERS_PER_HOUR: ordersPerHour,
    });
    new Robot(this, 'virtual-worker', makeline, {
      MAKELINE_SERVICE_URL: makeline.url('http'),
      ORDERS_PER_HOUR: ordersPerHour,
    });
  }
}
