import { join } from 'node:path';
import type { Construct } from 'constructs';
import { Chart, ConfigMap, Namespace, StatefulService } from 'seaworthy';
import { Grafana } from './grafana';

export interface PrometheusProps {
  /** How long measurements are kept: `30d`. */
  readonly retention: string;
  /** Size of the disk that holds them. */
  readonly disk: string;
  /** Where the dashboards are found. */
  readonly host: string;
}

/** Collects measurements, says when something is wrong, and shows what it has. */
export class Prometheus extends Chart {
  constructor(scope: Construct, id: string, { retention, disk, host }: PrometheusProps) {
    super(scope, id, { namespace: 'monitoring' });
    new Namespace(this, 'namespace', { name: 'monitoring' });
    const server = new StatefulService(this, 'prometheus', {
      image: 'quay.io/prometheus/prometheus:v3.5.0',
      args: [
        '--config.file=/etc/prometheus/prometheus.yml',
        '--storage.tsdb.path=/prometheus',
        `--storage.tsdb.retention.time=${retention}`,
      ],
      port: { name: 'http', port: 9090 },
      files: {
        '/etc/prometheus': new ConfigMap(this, 'config', { directory: join(__dirname, 'config/prometheus') }),
      },
      storage: { '/prometheus': disk },
      resources: { cpu: '500m', memory: { request: '2Gi', limit: '4Gi' } },
      probe: {
        // It reads what it kept before it answers, which takes long where there is much.
        startup: { http: '/-/ready', period: 15, failureThreshold: 60 },
        readiness: { http: '/-/ready' },
        liveness: { http: '/-/healthy', failureThreshold: 6 },
      },
      security: {
        runAsUser: 65534,
        runAsGroup: 65534,
        fsGroup: 65534,
        fsGroupChangePolicy: 'OnRootMismatch',
      },
      terminationGracePeriod: 300,
    });
    server
      .grant(['get', 'list', 'watch'], ['nodes', 'pods', 'services', 'endpointslices'], { in: 'cluster' })
      .grant('get', ['nodes/metrics', '/metrics']);
    new Grafana(this, 'grafana', { host, prometheus: server });
  }
}
