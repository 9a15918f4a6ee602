import type { Construct } from 'constructs';
import { report } from '../core/problems';
import { urlOf } from '../network/address';
import { publicPorts, servedPorts } from '../network/service-ports';
import { exposeMembers } from './trait';
import type { WebServiceTraitProps, WebServiceTraits } from './trait-lists';
import {
  COMMON_TRAITS,
  MONITORED_TRAITS,
  REPLICATED_TRAITS,
  WEB_SERVICE_TRAITS,
  WORKER_TRAITS,
} from './trait-lists';
import type { WorkerProps } from './worker';
import { Worker, WORKER, WORKER_SHAPES, WORKER_WORDS } from './worker';
import type { WorkloadKind } from './workload';
import { workloadShape } from './workload';

/** Props of a WebService. It needs a port. */
export interface WebServiceProps extends WorkerProps, WebServiceTraitProps {}

const PROPS = workloadShape<WebServiceProps>(
  { ...WORKER_SHAPES, ...WEB_SERVICE_TRAITS.shapes },
  WORKER_WORDS,
);

const WEB_SERVICE: WorkloadKind<WebServiceProps> = {
  ...WORKER,
  shape: PROPS,
  traits: [
    ...COMMON_TRAITS.list,
    ...REPLICATED_TRAITS.list,
    ...WORKER_TRAITS.list,
    ...WEB_SERVICE_TRAITS.list,
    ...MONITORED_TRAITS.list,
  ],
  defaultPort: 'http',
  served: true,
};

// eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unsafe-declaration-merging -- exposeMembers gives these to the class
export interface WebService extends WebServiceTraits {}

/** Interchangeable pods that others call by one name: a Worker with a Service, and a route where it has one. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- as above
export class WebService extends Worker<WebServiceProps> {
  constructor(scope: Construct, id: string, props: WebServiceProps) {
    super(scope, id, props, WEB_SERVICE);
    if (this.ports.length === 0) {
      const hint = 'Set `port`, such as 8080; use a Worker for pods that nobody calls.';
      report(this, {
        code: 'MISSING_PROP',
        path: 'port',
        message: 'Required value: a WebService needs a port',
        hint,
      });
    }
  }

  /** The name under which pods of its namespace reach it. */
  get host(): string {
    return this.name;
  }

  /** Host and port of the Service: `shop-api:80`. */
  get address(): string {
    const [port] = publicPorts(servedPorts(this.ports, this.props.service));
    return port === undefined ? this.host : `${this.host}:${port.service ?? port.port}`;
  }

  /** A URL of the Service: `api.url('http', '/v1')` is `http://shop-api:80/v1`. */
  url(scheme: string, path = ''): string {
    return urlOf(this, this.address, scheme, path);
  }
}

exposeMembers(WebService, WEB_SERVICE_TRAITS.list);
