import type { Construct } from 'constructs';
import type { CloudIdentity, ContainerProps, Replicas } from 'seaworthy';
import { Environment, ExternalSecret, internet, SecretsStore, Worker } from 'seaworthy';
import { images } from './images';

export interface FulfilmentProps extends Pick<ContainerProps, 'env' | 'envFrom'> {
  /** Store that holds the key by which it signs what goes to couriers. */
  readonly secretStore: string;
  /** As whom it stores invoices in the cloud. @default nobody: they stay in the database */
  readonly identity?: CloudIdentity | undefined;
}

/** More by day, when most orders come in. */
const BY_DAY: Replicas = {
  min: 2,
  max: 12,
  cpu: '70%',
  on: [{ cron: { from: '0 6 * * *', to: '0 20 * * *', timeZone: 'Etc/UTC', replicas: 4 } }],
};

/** Works off orders. */
export class Fulfilment extends Worker {
  constructor(scope: Construct, id: string, { identity, secretStore, ...props }: FulfilmentProps) {
    super(scope, id, {
      ...props,
      image: images.api,
      args: ['work'],
      ports: { metrics: 9090 },
      scrape: 'metrics',
      replicas: Environment.of(scope)?.has('keda') === true ? BY_DAY : 2,
      resources: { cpu: '200m', memory: { request: '256Mi', limit: '512Mi' } },
      files: { '/run/signing': signingKey(scope, `${id}-signing`, secretStore).mount() },
      probe: { liveness: { http: '/healthz' } },
      ...(identity === undefined ? {} : { identity }),
      terminationGracePeriod: 300,
    });
    this.connectsTo(internet(), { port: 443 });
  }
}

/** Mounted from where it is kept, if the cluster can; else there is a Secret of it. */
function signingKey(scope: Construct, id: string, store: string): ExternalSecret | SecretsStore {
  const keys = { 'key.pem': 'shop/signing#key' };
  return Environment.of(scope)?.has('secrets-store-csi-driver') === true
    ? new SecretsStore(scope, id, { keys })
    : new ExternalSecret(scope, id, { store, keys });
}
