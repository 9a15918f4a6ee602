import type { ManifestSet } from '../../lib';
import { App, Chart, ConfigMap, CronJob, Environment, WebService, Worker } from '../../lib';

/** A small shop in two environments, whose api is reached by its web server alone. */
export class Shop extends Chart {
  readonly api: WebService;
  readonly web: WebService;
  readonly worker: Worker;

  constructor(scope: App | Environment, replicas: number) {
    super(scope, 'shop', { namespace: 'shop' });
    const settings = new ConfigMap(this, 'settings', { data: { LOG_LEVEL: 'info' } });
    this.api = new WebService(this, 'api', {
      image: 'ghcr.io/acme/shop-api:1.4.2',
      port: 8080,
      replicas,
      probe: { http: '/healthz' },
      env: { REGION: 'eu', LOG_FORMAT: 'json' },
      envFrom: [settings],
      resources: { cpu: '500m', memory: '256Mi' },
    });
    this.web = new WebService(this, 'web', {
      image: 'ghcr.io/acme/shop-web:2.0.0',
      port: 8080,
      probe: { http: '/' },
    });
    this.worker = new Worker(this, 'worker', { image: 'ghcr.io/acme/shop-worker:1.4.2' });
    new CronJob(this, 'report', { image: 'ghcr.io/acme/shop-report:1.0.0', schedule: '0 3 * * *' });
    this.web.connectsTo(this.api);
  }
}

export function shopApp(replicas = 3): {
  readonly app: App;
  readonly staging: Shop;
  readonly production: Shop;
} {
  const app = new App();
  const staging = new Shop(new Environment(app, 'staging'), 1);
  const production = new Shop(new Environment(app, 'production', { kubernetes: '1.31' }), replicas);
  return { app, staging, production };
}

/** The objects of `set` as `Kind name`. */
export function names(set: ManifestSet): string[] {
  return [...set].map(({ id }) => `${id.kind} ${id.name}`);
}

/** The message of what `run` throws. */
export function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('nothing was thrown');
}
