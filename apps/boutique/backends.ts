import type { Construct } from 'constructs';
import { WebService } from 'seaworthy';
import { grpcProbes, Microservice, SECURITY } from './microservice';

/** Seconds that a service without much to finish gets to end. */
const QUICK = 5;

/** The services that call no other, but for the cart and its Redis. */
export function addBackends(scope: Construct, replicas: number) {
  return {
    cart: new Microservice(scope, 'cart', {
      part: 'cartservice',
      port: 7070,
      replicas,
      calls: { REDIS_ADDR: addRedis(scope) },
      resources: { cpu: { request: '200m', limit: '300m' }, memory: { request: '64Mi', limit: '128Mi' } },
      probe: {
        readiness: { grpc: true, initialDelay: 15 },
        liveness: { grpc: true, initialDelay: 15, period: 10 },
      },
      terminationGracePeriod: QUICK,
    }),
    catalog: new Microservice(scope, 'catalog', {
      part: 'productcatalogservice',
      port: 3550,
      replicas,
      env: { PORT: 3550, DISABLE_PROFILER: 1 },
      terminationGracePeriod: QUICK,
    }),
    currency: new Microservice(scope, 'currency', {
      part: 'currencyservice',
      port: 7000,
      replicas,
      env: { PORT: 7000, DISABLE_PROFILER: 1 },
      terminationGracePeriod: QUICK,
    }),
    payment: new Microservice(scope, 'payment', {
      part: 'paymentservice',
      port: 50051,
      replicas,
      env: { PORT: 50051, DISABLE_PROFILER: 1 },
      terminationGracePeriod: QUICK,
    }),
    shipping: new Microservice(scope, 'shipping', {
      part: 'shippingservice',
      port: 50051,
      replicas,
      env: { PORT: 50051, DISABLE_PROFILER: 1 },
      probe: { readiness: { grpc: true, period: 5 }, liveness: { grpc: true } },
    }),
    email: new Microservice(scope, 'email', {
      part: 'emailservice',
      port: { port: 8080, service: 5000 },
      replicas,
      env: { PORT: 8080, DISABLE_PROFILER: 1 },
      probe: grpcProbes({ period: 5 }),
      terminationGracePeriod: QUICK,
    }),
    ads: new Microservice(scope, 'ads', {
      part: 'adservice',
      port: 9555,
      replicas,
      env: { PORT: 9555 },
      resources: { cpu: { request: '200m', limit: '300m' }, memory: { request: '180Mi', limit: '300Mi' } },
      probe: grpcProbes({ initialDelay: 20, period: 15 }),
      terminationGracePeriod: QUICK,
    }),
  };
}

/** One Redis that forgets all carts when its pod ends: a second would not know those of the first. */
function addRedis(scope: Construct): WebService {
  return new WebService(scope, 'redis', {
    image: 'redis:alpine',
    port: { name: 'tcp-redis', port: 6379 },
    rollout: 'recreate',
    storage: { '/data': { temporary: true } },
    resources: { cpu: { request: '70m', limit: '125m' }, memory: { request: '200Mi', limit: '256Mi' } },
    probe: { readiness: { tcp: true, period: 5 }, liveness: { tcp: true, period: 5 } },
    security: SECURITY,
  });
}
