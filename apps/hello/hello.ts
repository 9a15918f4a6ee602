import type { Construct } from 'constructs';
import { Chart, WebService } from 'seaworthy';

/** Three web servers behind one name. */
export class Hello extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new WebService(this, 'web', {
      name: 'my-deployment',
      selector: { app: 'my-app' },
      image: 'nginxinc/nginx-unprivileged:1.27.3',
      port: { port: 8080, service: 80 },
      replicas: 3,
      resources: { cpu: '50m', memory: { request: '32Mi', limit: '64Mi' } },
      probe: { http: '/' },
      serviceAccount: 'default',
      serviceAccountToken: false, // it never calls the API server
      disruptionBudget: false, // a greeting may be missed while nodes are drained
    });
  }
}
