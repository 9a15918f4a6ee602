import { join } from 'node:path';
import type { Construct } from 'constructs';
import type { Replicas } from 'seaworthy';
import { ConfigMap, WebService } from 'seaworthy';
import { images } from './images';

export interface StorefrontProps {
  readonly api: WebService;
  readonly replicas: Replicas;
  /** Whether search engines may come. */
  readonly listed: boolean;
}

/** The pages that customers see, from nginx, which hands `/api` on. */
export class Storefront extends WebService {
  constructor(scope: Construct, id: string, { api, replicas, listed }: StorefrontProps) {
    const nginx = new ConfigMap(scope, `${id}-nginx`, {
      directory: join(__dirname, 'config/web'),
      data: { 'upstream.conf': `upstream api {\n    server ${api.address};\n}\n` },
    });
    const robots = new ConfigMap(scope, `${id}-robots`, {
      data: { 'robots.txt': `User-agent: *\nDisallow:${listed ? '' : ' /'}\n` },
    });
    super(scope, id, {
      image: images.web,
      port: { port: 8080, service: 80 },
      replicas,
      files: {
        '/etc/nginx/conf.d': nginx,
        '/usr/share/nginx/html/robots.txt': robots.key('robots.txt'),
      },
      resources: { cpu: '100m', memory: { request: '64Mi', limit: '128Mi' } },
      probe: { http: '/healthz' },
      lifecycle: { preStop: { sleep: 5 } },
    });
    this.connectsTo(api, { port: 'http' });
  }
}
