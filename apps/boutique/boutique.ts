import type { Construct } from 'constructs';
import { Chart, Namespace } from 'seaworthy';
import { addBackends } from './backends';
import { Frontend } from './frontend';
import { LoadGenerator } from './load-generator';
import { grpcProbes, Microservice } from './microservice';

export interface BoutiqueProps {
  /** Replicas of each service that keeps nothing itself. */
  readonly replicas: number;
  /** Addresses from which the front end can be visited. @default all */
  readonly visitors?: readonly string[];
}

/** The Online Boutique: a shop of eleven services and Redis, one of which is its never resting customers. */
export class Boutique extends Chart {
  constructor(scope: Construct, id: string, { replicas, visitors }: BoutiqueProps) {
    super(scope, id, { namespace: 'boutique' });
    this.suppress(
      'policy/same-probes',
      'because the published manifests, which this is held to, ask for traffic and restarts alike',
    );
    new Namespace(this, 'namespace', { name: 'boutique' });

    const { ads, cart, catalog, currency, email, payment, shipping } = addBackends(this, replicas);
    const recommendation = new Microservice(this, 'recommendation', {
      part: 'recommendationservice',
      port: 8080,
      replicas,
      env: { PORT: 8080, DISABLE_PROFILER: 1 },
      calls: { PRODUCT_CATALOG_SERVICE_ADDR: catalog },
      resources: { cpu: { request: '100m', limit: '200m' }, memory: { request: '220Mi', limit: '450Mi' } },
      probe: grpcProbes({ period: 5 }),
      terminationGracePeriod: 5,
    });
    const checkout = new Microservice(this, 'checkout', {
      part: 'checkoutservice',
      port: 5050,
      replicas,
      env: { PORT: 5050 },
      calls: {
        PRODUCT_CATALOG_SERVICE_ADDR: catalog,
        SHIPPING_SERVICE_ADDR: shipping,
        PAYMENT_SERVICE_ADDR: payment,
        EMAIL_SERVICE_ADDR: email,
        CURRENCY_SERVICE_ADDR: currency,
        CART_SERVICE_ADDR: cart,
      },
    });
    const frontend = new Frontend(this, 'frontend', replicas, {
      PRODUCT_CATALOG_SERVICE_ADDR: catalog,
      CURRENCY_SERVICE_ADDR: currency,
      CART_SERVICE_ADDR: cart,
      RECOMMENDATION_SERVICE_ADDR: recommendation,
      SHIPPING_SERVICE_ADDR: shipping,
      CHECKOUT_SERVICE_ADDR: checkout,
      AD_SERVICE_ADDR: ads,
    });
    frontend.expose('external', {
      type: 'LoadBalancer',
      ...(visitors === undefined ? {} : { loadBalancerSourceRanges: visitors }),
    });
    new LoadGenerator(this, 'load', frontend);
  }
}
