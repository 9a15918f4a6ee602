import { join } from 'node:path';
import type { Construct } from 'constructs';
import type { StatefulService } from 'seaworthy';
import { ConfigMap, WebService } from 'seaworthy';

export interface GrafanaProps {
  readonly host: string;
  readonly prometheus: StatefulService;
}

const FOLDER = join(__dirname, 'config/grafana');

/** Dashboards that everybody may look at, and that change with a release alone. */
export class Grafana extends WebService {
  constructor(scope: Construct, id: string, { host, prometheus }: GrafanaProps) {
    const provisioning = new ConfigMap(scope, `${id}-provisioning`, {
      directory: join(FOLDER, 'provisioning'),
    });
    const dashboards = new ConfigMap(scope, `${id}-dashboards`, { directory: join(FOLDER, 'dashboards') });
    super(scope, id, {
      image: 'grafana/grafana:12.1.1',
      port: { port: 3000, service: 80 },
      env: {
        GF_SERVER_ROOT_URL: `https://${host}`,
        GF_AUTH_ANONYMOUS_ENABLED: true,
        GF_AUTH_DISABLE_LOGIN_FORM: true,
        GF_ANALYTICS_REPORTING_ENABLED: false,
        GF_ANALYTICS_CHECK_FOR_UPDATES: false,
        PROMETHEUS_URL: prometheus.url('http'),
      },
      files: { '/etc/grafana/provisioning': provisioning, '/etc/grafana/dashboards': dashboards },
      storage: { '/var/lib/grafana': { temporary: true } },
      resources: { cpu: '100m', memory: { request: '128Mi', limit: '512Mi' } },
      probe: { http: '/api/health' },
      security: { runAsUser: 472, runAsGroup: 472, fsGroup: 472 },
      route: { host, tls: true },
    });
    this.connectsTo(prometheus);
  }
}
