import type { Construct } from 'constructs';
import { WebService } from 'seaworthy';

/** The parcels that wait to be sent. */
export function addQueue(scope: Construct): WebService {
  return new WebService(scope, 'rabbitmq', {
    name: 'rabbitmq',
    image: 'rabbitmq:3.6.8-management',
    ports: { rabbitmq: 5672, management: 15672 },
    service: { ports: ['rabbitmq', 'exporter'] },
    scrape: 'exporter',
    rollout: 'recreate',
    storage: { '/var/lib/rabbitmq': { temporary: true } },
    resources: { cpu: '100m', memory: { request: '256Mi', limit: '512Mi' } },
    probe: { readiness: { tcp: true } },
    security: { runAsUser: 999, runAsGroup: 999, fsGroup: 999 },
    containers: {
      'rabbitmq-exporter': {
        image: 'kbudde/rabbitmq-exporter:1.0.0',
        port: { name: 'exporter', port: 9090 },
        env: { PUBLISH_PORT: 9090 },
        probe: { readiness: { tcp: true } },
        resources: { cpu: '10m', memory: { request: '32Mi', limit: '64Mi' } },
        containerSecurity: { runAsUser: 65534 },
      },
    },
  });
}
