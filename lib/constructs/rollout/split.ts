import type { CustomPatches } from '../../kube/custom/patches';
import { shorten } from '../../kube/names';
import type { Patches } from '../../kube/patches';
import { NAME_LENGTH } from '../core/names';
import { KubeObject } from '../core/object';
import { routesTo } from '../network/route/stand-ins';
import type { StandIn } from '../network/route/target';
import { renderService } from '../network/service';
import type { NamedPort } from '../workloads/container/ports';
import type { TraitPlace } from '../workloads/trait';
import type { Router } from './router';

/** The Services between which requests are split. */
export interface SplitServices {
  readonly stable: KubeObject<Patches['Service']>;
  readonly canary: KubeObject<Patches['Service']>;
}

/** The name of one of the Services of a workload. */
export function nameOf({ name }: Pick<TraitPlace, 'name'>, suffix: string): string {
  return shorten([name, suffix], NAME_LENGTH);
}

/**
 * A Service called `<name>-<suffix>` for some pods of the workload: Argo Rollouts adds the label of their revision to its
 * selector. It has none of the labels by which the Service of the workload is found, so that no monitor scrapes twice.
 */
export function revisionService(place: TraitPlace, suffix: string): KubeObject<Patches['Service']> {
  const { workload, ports } = place;
  const { labels = {}, ...metadata } = place.metadata();
  const own = Object.entries(labels).filter(([key]) => !Object.hasOwn(workload.matchLabels, key));
  return new KubeObject<Patches['Service']>(workload, suffix, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata, labels: Object.fromEntries(own), name: nameOf(place, suffix) },
    content: (report) => ({ spec: renderService({}, workload.matchLabels, ports.map(withoutNode), report) }),
  });
}

/** A port of a node belongs to one Service. */
function withoutNode({ nodePort: _, ...port }: NamedPort): NamedPort {
  return port;
}

/** Where routes send requests: all of them to the old pods, until a rollout changes that. */
export function splitBackends(router: Router, place: TraitPlace): readonly StandIn[] {
  const [stable, canary] = [nameOf(place, 'stable'), nameOf(place, 'canary')];
  if (router === 'alb') return [{ name: stable, port: 'use-annotation' }];
  if (router === 'nginx') return [{ name: stable }];
  return [
    { name: stable, weight: 100 },
    { name: canary, weight: 0 },
  ];
}

/** The VirtualService that splits the requests of the mesh for the Service of the workload. */
export function splitRoute(place: TraitPlace): KubeObject<CustomPatches['VirtualService']> {
  const { workload, name, ports } = place;
  const route = ({ name: port, port: number, service = number }: NamedPort): object => ({
    name: port,
    ...(ports.length > 1 && { match: [{ port: service }] }),
    route: [
      { destination: { host: nameOf(place, 'stable'), port: { number: service } }, weight: 100 },
      { destination: { host: nameOf(place, 'canary'), port: { number: service } }, weight: 0 },
    ],
  });
  return new KubeObject<CustomPatches['VirtualService']>(workload, 'virtual-service', {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: place.metadata(),
    content: () => ({ spec: { hosts: [name], http: ports.filter(isTcp).map(route) } }),
  });
}

function isTcp({ protocol = 'TCP' }: NamedPort): boolean {
  return protocol === 'TCP';
}

/** The lists of the Gateway API plugin, by the kind of their routes. */
const OF_PLUGIN: Readonly<Record<string, string>> = {
  HTTPRoute: 'httpRoutes',
  GRPCRoute: 'grpcRoutes',
  TCPRoute: 'tcpRoutes',
  TLSRoute: 'tlsRoutes',
};

/** `trafficRouting` of a canary of Argo Rollouts: by all routes that lead to the workload. */
export function renderRouting(router: Router, place: TraitPlace): object | undefined {
  const { name, ports, workload } = place;
  const routes = routesTo(workload);
  const ingresses = routes.filter(({ kind }) => kind === 'Ingress').map((route) => route.name);
  switch (router) {
    case 'gateway-api':
      return { plugins: { 'argoproj-labs/gatewayAPI': { ...byPlugin(routes), ...namespaceOf(place) } } };
    case 'istio':
      return { istio: { virtualService: { name, routes: ports.filter(isTcp).map((port) => port.name) } } };
    case 'nginx':
      return { nginx: oneOrMore('stableIngress', 'stableIngresses', ingresses) };
    case 'alb':
      return {
        alb: {
          ...oneOrMore('ingress', 'ingresses', ingresses),
          servicePort: ports[0]?.service ?? ports[0]?.port,
        },
      };
    case 'pods':
      return undefined;
  }
}

function byPlugin(routes: readonly KubeObject[]): object {
  const lists: Record<string, object[]> = {};
  for (const { kind, name } of routes) {
    const list = OF_PLUGIN[kind];
    if (list !== undefined) (lists[list] ??= []).push({ name });
  }
  return lists;
}

/** Of two fields, Argo Rollouts takes the one or the other. */
function oneOrMore(one: string, more: string, names: readonly string[]): object {
  return names.length === 1 ? { [one]: names[0] } : { [more]: names };
}

function namespaceOf({ workload }: TraitPlace): object {
  const { namespace } = workload as { readonly namespace?: string };
  return namespace === undefined ? {} : { namespace };
}
