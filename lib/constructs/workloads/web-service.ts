import type { Construct } from 'constructs';
import { shorten } from '../../kube/names';
import { Environment } from '../core/environment';
import { NAME_LENGTH } from '../core/names';
import { renderConnectionPorts } from '../network/network';
import { KubeObject } from '../core/object';
import { below, report } from '../core/problems';
import type { Keys } from '../core/props';
import { optional } from '../core/props';
import type { RouteProps } from '../network/route';
import { renderRoute, routeAnnotations, routeKind } from '../network/route';
import type { ServiceProps } from '../network/service';
import { renderService } from '../network/service';
import type { WorkerProps } from './worker';
import { Worker, WORKER_KEYS } from './worker';

/** What a WebService is made with. It needs a port. */
export interface WebServiceProps extends WorkerProps {
  /** How its Service is reached. @default inside the cluster */
  readonly service?: ServiceProps;
  /** How it is reached from outside: an Ingress, or an HTTPRoute where the cluster has a Gateway. @default not at all */
  readonly route?: RouteProps;
}

const KEYS: Keys<WebServiceProps> = { ...WORKER_KEYS, service: true, route: true };

/** Like pods behind one name: a Deployment and its Service, its ServiceAccount, and a budget from two replicas on. */
export class WebService extends Worker<WebServiceProps> {
  readonly service: KubeObject;
  /** The Ingress or HTTPRoute, where there is one. */
  readonly route: KubeObject | undefined;

  constructor(scope: Construct, id: string, props: WebServiceProps) {
    super(scope, id, props, { keys: KEYS, defaultPort: 'http', served: true });
    const { route } = props;
    if (this.ports.length === 0) {
      const hint = 'Say `port: 8080`; a Worker is for pods that nobody calls.';
      report(this, { code: 'MISSING_PROP', path: 'port', message: 'a WebService needs a port', hint });
    }
    this.service = this.serve('service', this.name, props.service ?? {}, 'service');
    if (route !== undefined) {
      const environment = Environment.of(this);
      const routed = this.ports.find(({ name }) => route.port === undefined || name === route.port);
      if (routed !== undefined)
        this.connections.allowFromAnywhere(renderConnectionPorts(this, [routed], undefined));
      this.route = new KubeObject(this, 'route', {
        ...routeKind(environment),
        metadata: this.metadata(routeAnnotations(route, environment)),
        content: (report) => ({ spec: renderRoute(route, this, environment, below('route', report)) }),
      });
    }
  }

  /**
   * One more Service for the same pods, called `<name>-<id>`: a load balancer for the world beside the Service that the
   * cluster uses.
   */
  expose(id: string, service: ServiceProps): KubeObject {
    return this.serve(`service-${id}`, shorten([this.name, id], NAME_LENGTH), service, `expose('${id}')`);
  }

  /** The name under which pods of its namespace reach it. */
  get host(): string {
    return this.name;
  }

  /** Host and port of the Service: `shop-api:80`. */
  get address(): string {
    const [port] = this.ports;
    return port === undefined ? this.host : `${this.host}:${port.service ?? port.port}`;
  }

  /** A Service of the pods. One that is reached from outside lets everyone call them. */
  private serve(id: string, name: string, props: ServiceProps, path: string): KubeObject {
    if (props.type === 'LoadBalancer' || props.type === 'NodePort') {
      const served = this.ports.map((port) => port.name);
      this.connections.allowFromAnywhere(renderConnectionPorts(this, this.ports, served));
    }
    return new KubeObject(this, id, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { ...this.metadata(optional('annotations', props.annotations)), name },
      content: (report) => ({
        spec: renderService(props, this.matchLabels, this.ports, below(path, report)),
      }),
    });
  }
}
