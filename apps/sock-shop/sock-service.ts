import type { Construct } from 'constructs';
import type { Peer, Probes, WebServiceProps } from 'seaworthy';
import { WebService } from 'seaworthy';

/** A service that answers late after its start. */
export const HEALTH: Probes = {
  readiness: { http: '/health', initialDelay: 180, period: 3 },
  liveness: { http: '/health', initialDelay: 300, period: 3 },
};

/** What the services in Java have in common. */
export const JAVA = {
  env: {
    JAVA_OPTS:
      '-Xms64m -Xmx128m -XX:+UseG1GC -Djava.security.egd=file:/dev/urandom -Dspring.zipkin.enabled=false',
  },
  storage: { '/tmp': { temporary: 'memory' } },
  probe: { readiness: { tcp: true } },
  resources: { cpu: { request: '100m', limit: '300m' }, memory: { request: '300Mi', limit: '500Mi' } },
} as const;

export interface SockServiceProps extends Omit<WebServiceProps, 'image'> {
  /** Tag of its image, which has the service's name. */
  readonly version: string;
  /** Whom it calls. @default nobody */
  readonly calls?: readonly Peer[];
}

/** A service of the shop, on port 80 unless it says otherwise. */
export class SockService extends WebService {
  constructor(scope: Construct, id: string, { version, calls = [], ...props }: SockServiceProps) {
    super(scope, id, {
      name: id,
      image: `weaveworksdemos/${id}:${version}`,
      port: 80,
      // Below 1024, so it needs the one capability that `restricted` grants.
      security: { runAsUser: 10001, capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } },
      scrape: {},
      ...props,
    });
    for (const peer of calls) this.connectsTo(peer);
  }
}
