import type { Construct } from 'constructs';
import type { Peer, Probe, WebServiceProps } from 'seaworthy';
import { StoreService } from './store-service';

export interface FrontProps extends Pick<WebServiceProps, 'port' | 'service'> {
  readonly startup: Probe;
  readonly readiness: Probe;
  /** The services that it hands requests on to. */
  readonly calls: readonly Peer[];
}

/** Pages from nginx: the store for customers, or for those who work there. */
export class Front extends StoreService {
  constructor(scope: Construct, part: string, { startup, readiness, calls, ...props }: FrontProps) {
    super(scope, part, {
      ...props,
      resources: { cpu: { request: '1m', limit: '1000m' }, memory: { request: '200Mi', limit: '512Mi' } },
      storage: { '/var/cache/nginx': { temporary: true }, '/var/run': { temporary: true } },
      probe: {
        startup,
        readiness,
        liveness: { http: '/health', initialDelay: 3, period: 3, failureThreshold: 5 },
      },
    });
    for (const peer of calls) this.connectsTo(peer);
  }
}
