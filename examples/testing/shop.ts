import { Chart, ConfigMap, StatefulService, WebService } from 'seaworthy';
import type { Construct } from 'constructs';

/** A shop: a web server in front of an API, which alone reaches the database. */
export class Shop extends Chart {
  readonly web: WebService;
  readonly api: WebService;
  readonly db: StatefulService;

  constructor(scope: Construct, id: string, props: { readonly replicas: number }) {
    super(scope, id, { namespace: 'shop' });
    const settings = new ConfigMap(this, 'settings', { data: { LOG_LEVEL: 'info' } });
    this.db = new StatefulService(this, 'db', {
      image: 'postgres:16.4',
      port: 5432,
      storage: { '/var/lib/postgresql/data': '20Gi' },
      resources: { cpu: '500m', memory: { request: '1Gi', limit: '1Gi' } },
      probe: { command: ['pg_isready'] },
    });
    this.api = new WebService(this, 'api', {
      image: 'ghcr.io/acme/shop-api:1.4.2',
      port: 8080,
      replicas: props.replicas,
      resources: { cpu: '500m', memory: { request: '256Mi', limit: '256Mi' } },
      probe: { http: '/healthz' },
      env: { DATABASE_HOST: this.db.host },
      envFrom: [settings],
    });
    this.web = new WebService(this, 'web', {
      image: 'ghcr.io/acme/shop-web:2.0.1',
      port: 8080,
      replicas: 2,
      resources: { cpu: '50m', memory: { request: '64Mi', limit: '64Mi' } },
      probe: { http: '/' },
    });
    this.web.connectsTo(this.api);
    this.api.connectsTo(this.db);
  }
}
