import type { CustomPatches } from '../../kube/custom/patches';
import type { Patches } from '../../kube/patches';
import type { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { namespaceOf } from '../network/peer';
import { replaceService, routesTo } from '../network/route/stand-ins';
import { publicPorts } from '../network/service-ports';
import type { TraitPlace } from '../workloads/trait';
import { isTcp, meshRoutes, virtualService } from './mesh-split';
import type { Router } from './router';
import { isOfMesh } from './router';
import { nameOf, revisionService, splitBackends } from './split';
import type { Split } from './stepped';

/** How the requests for a workload are split between its old and its new pods by Argo Rollouts. */
export class CanarySplit implements Split {
  readonly previewService = undefined;
  readonly canary = undefined;
  readonly metricTemplates = [];
  readonly #place: TraitPlace;
  #router: Router = 'pods';
  #services: Readonly<Record<'stable' | 'canary', KubeObject<Patches['Service']>>> | undefined;
  #virtualService: KubeObject<CustomPatches['VirtualService']> | undefined;
  #meshRoutes: readonly KubeObject<CustomPatches['HTTPRoute']>[] = [];

  constructor(place: TraitPlace) {
    this.#place = place;
  }

  get router(): Router {
    return this.#router;
  }

  get stableService(): KubeObject<Patches['Service']> | undefined {
    return this.#services?.stable;
  }

  get canaryService(): KubeObject<Patches['Service']> | undefined {
    return this.#services?.canary;
  }

  get virtualService(): KubeObject<CustomPatches['VirtualService']> | undefined {
    return this.#virtualService;
  }

  get splitRoutes(): readonly KubeObject<CustomPatches['HTTPRoute']>[] {
    return this.#meshRoutes;
  }

  /** Has the requests split by `router`: a Route that is made later may bring another one. */
  use(router: Router): void {
    if (router === this.#router) return;
    const place = this.#place;
    this.#router = router;
    this.#services ??= {
      stable: revisionService(place, 'stable'),
      canary: revisionService(place, 'canary'),
    };
    for (const object of [...(this.#virtualService ? [this.#virtualService] : []), ...this.#meshRoutes])
      place.workload.node.tryRemoveChild(object.node.id);
    this.#virtualService = router === 'istio' ? virtualService(place) : undefined;
    this.#meshRoutes = router === 'linkerd' ? meshRoutes(place) : [];
    if (!isOfMesh(router)) replaceService(place.workload, splitBackends(router, place));
  }

  /** The fields of a canary that say what splits requests; none where its share is one of the pods. */
  render(report: Reporter): object {
    if (this.#router === 'pods') return {};
    return {
      stableService: nameOf(this.#place, 'stable'),
      canaryService: nameOf(this.#place, 'canary'),
      trafficRouting: this.#renderRouting(report),
    };
  }

  /** `trafficRouting`: by all routes that lead to the workload. */
  #renderRouting(report: Reporter): object {
    const { name, ports, workload } = this.#place;
    const routes = routesTo(workload);
    for (const route of routes) this.#checkNamespace(route, report);
    const ingresses = routes.filter(({ kind }) => kind === 'Ingress').map((route) => route.name);
    switch (this.#router) {
      case 'gateway-api':
        return this.#byPlugin(routes, report);
      case 'linkerd':
        return this.#byPlugin(this.#meshRoutes, report);
      case 'istio':
        return { istio: { virtualService: { name, routes: ports.filter(isTcp).map((port) => port.name) } } };
      case 'nginx':
        return { nginx: oneOrMore('stableIngress', 'stableIngresses', ingresses) };
      case 'alb': {
        const [port] = publicPorts(ports);
        return {
          alb: {
            ...oneOrMore('ingress', 'ingresses', ingresses),
            servicePort: port?.service ?? port?.port,
          },
        };
      }
      case 'pods':
        return {};
    }
  }

  #checkNamespace({ kind, name, metadata }: KubeObject, report: Reporter): void {
    const [here, there] = [namespaceOf(this.#place.workload), metadata.namespace];
    if (isOfMesh(this.#router) || here === there) return;
    report({
      code: 'INVALID_PROP',
      message: `Forbidden: ${kind} "${name}" is in namespace "${there ?? ''}", and Argo Rollouts splits routes of the workload's own`,
      hint: "Move the route to the workload's namespace, or set `trafficRouter: 'pods'` in the profile.",
    });
  }

  #byPlugin(routes: readonly KubeObject[], report: Reporter): object {
    const lists: Record<string, object[]> = {};
    for (const { kind, name } of routes) {
      const list = OF_PLUGIN[kind];
      if (list !== undefined) (lists[list] ??= []).push({ name });
    }
    if (Object.keys(lists).length === 0)
      report({
        code: 'INVALID_PROP',
        message: `Forbidden: the Gateway API plugin of Argo Rollouts splits no ${routes[0]?.kind ?? 'connections'}`,
        hint: "Set `trafficRouter: 'pods'` in the profile: each share is then one of the pods.",
      });
    const { namespace } = this.#place.workload as { readonly namespace?: string };
    return {
      plugins: {
        'argoproj-labs/gatewayAPI': { ...lists, ...(namespace === undefined ? {} : { namespace }) },
      },
    };
  }
}

/** The lists of the Gateway API plugin, by the kind of their routes. */
const OF_PLUGIN: Readonly<Record<string, string>> = {
  HTTPRoute: 'httpRoutes',
  GRPCRoute: 'grpcRoutes',
  TCPRoute: 'tcpRoutes',
  TLSRoute: 'tlsRoutes',
};

/** Of two fields, Argo Rollouts takes the one or the other. */
function oneOrMore(one: string, more: string, names: readonly string[]): object {
  return names.length === 1 ? { [one]: names[0] } : { [more]: names };
}
