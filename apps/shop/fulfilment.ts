import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { CloudIdentity, ContainerProps } from 'seaworthy';
import { Environment, internet, Worker } from 'seaworthy';
import { images } from './images';

export interface FulfilmentProps extends Pick<ContainerProps, 'env' | 'envFrom'> {
  /** As whom it stores invoices in the cloud. @default nobody: they stay in the database */
  readonly identity?: CloudIdentity | undefined;
}

/** Works off orders. Where there is KEDA, more of it by day. */
export class Fulfilment extends Worker {
  constructor(scope: Construct, id: string, { identity, ...props }: FulfilmentProps) {
    const scaled = Environment.of(scope)?.has('keda') ?? false;
    super(scope, id, {
      ...props,
      image: images.api,
      args: ['work'],
      ports: { metrics: 9090 },
      ...(scaled ? { disruptionBudget: { maxUnavailable: 1 } } : { replicas: 2 }),
      spread: { zones: 'soft', hosts: 'soft' },
      resources: { cpu: '200m', memory: { request: '256Mi', limit: '512Mi' } },
      probe: { liveness: { http: '/healthz' } },
      ...(identity === undefined ? {} : { identity }),
      terminationGracePeriod: 300,
    });
    this.connectsTo(internet(), { port: 443 });
    if (scaled) this.addScaler();
  }

  private addScaler(): void {
    new ApiObject(this, 'scaler', {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      spec: {
        scaleTargetRef: { name: this.name },
        minReplicaCount: 2,
        maxReplicaCount: 12,
        triggers: [
          { type: 'cpu', metricType: 'Utilization', metadata: { value: '70' } },
          {
            type: 'cron',
            metadata: { timezone: 'Etc/UTC', start: '0 6 * * *', end: '0 20 * * *', desiredReplicas: '4' },
          },
        ],
      },
    });
  }
}
