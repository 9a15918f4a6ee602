import type { ClusterProfile } from 'seaworthy';
import { production, productionEu, staging } from './clusters';
import type { LoggingProps } from './logging';
import type { ShopProps } from './shop';

/** What one environment is made of: a cluster, and what differs there. */
export interface Place {
  readonly cluster: ClusterProfile;
  readonly logging: LoggingProps;
  readonly shop: ShopProps;
}

export const environments: Readonly<Record<string, Place>> = {
  staging: {
    cluster: staging,
    logging: { loki: 'loki.staging.example' },
    shop: {
      host: 'staging.shop.example',
      logLevel: 'debug',
      secretStore: 'vault',
      live: false,
      replicas: 1,
      databaseSize: '20Gi',
    },
  },
  production: {
    cluster: production,
    logging: { loki: 'loki.us.example' },
    shop: {
      host: 'shop.example',
      logLevel: 'info',
      secretStore: 'aws-secrets-manager',
      live: true,
      replicas: { min: 3, max: 20, cpu: '70%' },
      databaseSize: '500Gi',
      recommends: true,
      identity: { aws: 'arn:aws:iam::111122223333:role/shop-worker' },
      archive: { server: 'files.shop.example', path: '/export/orders' },
      analysts: '10.20.0.0/16',
    },
  },
  'production-eu': {
    cluster: productionEu,
    logging: { loki: 'loki.eu.example' },
    shop: {
      host: 'eu.shop.example',
      logLevel: 'info',
      secretStore: 'google-secret-manager',
      live: true,
      replicas: { min: 3, max: 12, cpu: '70%' },
      databaseSize: '200Gi',
      recommends: true,
      identity: { gcp: 'shop-worker@shop-eu.iam.gserviceaccount.com' },
    },
  },
};
