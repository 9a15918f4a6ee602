import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Construct } from 'constructs';
import type { WebService } from 'seaworthy';
import { Worker } from 'seaworthy';
import { boutiqueImage, SECURITY } from './microservice';

const WAIT_FOR_FRONTEND = readFileSync(join(__dirname, 'wait-for-frontend.sh'), 'utf8');

/** Ten customers who never rest. They come when the front end answers. */
export class LoadGenerator extends Worker {
  constructor(scope: Construct, id: string, frontend: WebService) {
    super(scope, id, {
      image: boutiqueImage('loadgenerator'),
      replicas: 1,
      env: { FRONTEND_ADDR: frontend.address, USERS: 10, RATE: 1 },
      resources: { cpu: { request: '300m', limit: '500m' }, memory: { request: '256Mi', limit: '512Mi' } },
      initContainers: {
        'frontend-check': {
          image: 'busybox:1.38.0@sha256:fd8d9aa63ba2f0982b5304e1ee8d3b90a210bc1ffb5314d980eb6962f1a9715d',
          command: ['/bin/sh', '-exc', WAIT_FOR_FRONTEND],
          env: { FRONTEND_ADDR: frontend.address },
          resources: { cpu: '10m', memory: { request: '16Mi', limit: '32Mi' } },
        },
      },
      podAnnotations: { 'sidecar.istio.io/rewriteAppHTTPProbers': 'true' },
      terminationGracePeriod: 5,
      security: SECURITY,
    });
    this.connectsTo(frontend);
  }
}
