import type { Construct } from 'constructs';
import type { Probe, WebService } from 'seaworthy';
import { Microservice } from './microservice';

/** The web site. Its probes ask as a customer would, each with a session of its own. */
export class Frontend extends Microservice {
  constructor(scope: Construct, id: string, replicas: number, calls: Readonly<Record<string, WebService>>) {
    super(scope, id, {
      part: 'frontend',
      port: { port: 8080, service: 80 },
      replicas,
      env: {
        PORT: 8080,
        ENABLE_PROFILER: 0,
        // An optional part that is not deployed; the front end wants its address all the same.
        SHOPPING_ASSISTANT_SERVICE_ADDR: 'shoppingassistantservice:80',
      },
      calls,
      probe: { readiness: ask('x-readiness-probe'), liveness: ask('x-liveness-probe') },
      podAnnotations: { 'sidecar.istio.io/rewriteAppHTTPProbers': 'true' },
    });
  }
}

function ask(session: string): Probe {
  return { http: '/_healthz', initialDelay: 10, headers: { Cookie: `shop_session-id=${session}` } };
}
