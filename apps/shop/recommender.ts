import type { Construct } from 'constructs';
import type { MeshTraffic, Storage } from 'seaworthy';
import { Environment, internet, WebService } from 'seaworthy';
import { images } from './images';

/** Fetched anew by each pod: a disk that pods shared would tie them to one zone. */
const MODELS: Storage = { ephemeral: '50Gi', name: 'models' };

const BRIEFLY: MeshTraffic = { timeout: '2s' };

/** Says what else a customer may like. It needs a GPU for each pod. */
export class Recommender extends WebService {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      image: images.recommender,
      port: 9000,
      replicas: 2,
      initContainers: {
        'fetch-models': {
          image: images.recommender,
          command: ['/app/fetch', '--to', '/models'],
          storage: { '/models': MODELS },
          resources: { cpu: '1', memory: { request: '1Gi', limit: '1Gi' } },
        },
      },
      storage: { '/models': { ...MODELS, readOnly: true } },
      resources: { cpu: 2, memory: { request: '8Gi', limit: '8Gi' }, 'nvidia.com/gpu': 1 },
      probe: { grpc: true },
      nodePool: 'gpu',
      // No GPU is kept free for a pod more than asked for.
      rollout: { maxSurge: 0, maxUnavailable: 1 },
      // A page does without recommendations rather than wait for them; without a mesh, the API has to see to it.
      ...(Environment.of(scope)?.profile.mesh === undefined ? {} : { traffic: BRIEFLY }),
      security: { fsGroup: 10001 },
    });
    this.connectsTo(internet(), { port: 443 });
  }
}
