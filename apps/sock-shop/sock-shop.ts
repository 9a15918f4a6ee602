import type { Construct } from 'constructs';
import type { Replicas } from 'seaworthy';
import { Chart, Namespace, Route } from 'seaworthy';
import { addDatabases } from './databases';
import { addBackup } from './backup';
import { addQueue } from './queue';
import { HEALTH, JAVA, SockService } from './sock-service';

export interface SockShopProps {
  /** Where customers find it. */
  readonly host: string;
  /** Port of every node under which it is reached as well. @default none */
  readonly nodePort?: number;
  /** How many of each service that customers wait for. */
  readonly replicas: Replicas;
}

/** A shop for socks. The names are those by which its images call each other. */
export class SockShop extends Chart {
  constructor(scope: Construct, id: string, { host, nodePort, replicas }: SockShopProps) {
    super(scope, id, {
      namespace: 'sock-shop',
      isolated: true,
      defaults: { nodeSelector: { 'kubernetes.io/os': 'linux' } },
    });
    this.suppress(
      'policy/same-probes',
      'because the services have one check for both, which restarts them only five minutes after their start',
    );
    new Namespace(this, 'namespace', { name: 'sock-shop' });
    const { cartsDb, catalogueDb, ordersDb, sessions, userDb } = addDatabases(this);
    const queue = addQueue(this);
    addBackup(this, ordersDb);

    const catalogue = new SockService(this, 'catalogue', {
      version: '0.3.5',
      command: ['/app'],
      args: ['-port=80'],
      replicas,
      resources: { cpu: { request: '100m', limit: '200m' }, memory: { request: '100Mi', limit: '200Mi' } },
      probe: HEALTH,
      calls: [catalogueDb],
    });
    const user = new SockService(this, 'user', {
      version: '0.4.7',
      env: { mongo: userDb.address },
      resources: { cpu: { request: '100m', limit: '300m' }, memory: { request: '100Mi', limit: '200Mi' } },
      probe: HEALTH,
      calls: [userDb],
    });
    const payment = new SockService(this, 'payment', {
      version: '0.4.3',
      resources: { cpu: { request: '99m', limit: '200m' }, memory: { request: '100Mi', limit: '200Mi' } },
      probe: HEALTH,
    });
    const carts = new SockService(this, 'carts', {
      ...JAVA,
      version: '0.4.8',
      env: { ...JAVA.env, db: cartsDb.host },
      replicas,
      resources: { cpu: { request: '100m', limit: '300m' }, memory: { request: '200Mi', limit: '500Mi' } },
      calls: [cartsDb],
    });
    const shipping = new SockService(this, 'shipping', {
      ...JAVA,
      version: '0.4.8',
      env: { ...JAVA.env, ZIPKIN: 'zipkin.jaeger.svc.cluster.local' },
    });
    const worker = new SockService(this, 'queue-master', { ...JAVA, version: '0.3.1' });
    for (const client of [shipping, worker]) client.connectsTo(queue, { port: 'rabbitmq' });
    const orders = new SockService(this, 'orders', {
      ...JAVA,
      version: '0.4.7',
      env: { ...JAVA.env, db: ordersDb.host },
      resources: { ...JAVA.resources, cpu: { request: '100m', limit: '500m' } },
      calls: [carts, ordersDb, payment, shipping, user],
    });

    const frontEnd = new SockService(this, 'front-end', {
      version: '0.3.12',
      port: { port: 8079, service: 80, ...(nodePort === undefined ? {} : { nodePort }) },
      service: nodePort === undefined ? {} : { type: 'NodePort' },
      env: { SESSION_REDIS: true },
      replicas,
      security: { runAsUser: 10001 },
      resources: { cpu: { request: '100m', limit: '300m' }, memory: { request: '300Mi', limit: '1000Mi' } },
      probe: {
        readiness: { http: '/', initialDelay: 30, period: 3 },
        liveness: { http: '/', initialDelay: 300, period: 3 },
      },
      calls: [carts, catalogue, orders, sessions, user],
    });
    // The pictures come from where they are.
    new Route(this, 'edge', { host, paths: { '/': frontEnd, '/catalogue/images': catalogue } });
  }
}
