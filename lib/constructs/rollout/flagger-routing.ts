import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import { nonEmptyRecord } from '../core/props';
import { namespaceOf } from '../network/peer';
import type { GivenRoute } from '../network/route/stand-ins';
import { routesTo, takeRoutes } from '../network/route/stand-ins';
import { publicPorts } from '../network/service-ports';
import type { TraitPlace } from '../workloads/trait';
import { routeFields } from './flagger-route';
import type { Router, Routers } from './router';
import { isOfMesh } from './router';

/** What splits the requests under Flagger, which makes the routes for it. */
export class FlaggerRouting {
  readonly #place: TraitPlace;
  readonly #routers: Routers;
  readonly #isCanary: boolean;
  /** The routes of the workload's own props: Flagger makes the first one. */
  readonly #taken: GivenRoute[] = [];

  /** @param isCanary whether new pods get shares; otherwise they are only checked before they take over, but in a mesh */
  constructor(place: TraitPlace, routers: Routers, isCanary: boolean) {
    this.#place = place;
    this.#routers = routers;
    this.#isCanary = isCanary;
    if (isCanary && routers.now === 'gateway-api')
      takeRoutes(place.workload, (route) => {
        this.#taken.push(route);
      });
  }

  get #router(): Router {
    const { now, whenRouted } = this.#routers;
    if (!this.#isCanary) return isOfMesh(now) ? now : 'pods';
    return routesTo(this.#place.workload).length > 0 ? whenRouted : now;
  }

  /** `provider`, and the Ingress that it changes; reports what Flagger cannot split. */
  renderProvider(report: Reporter): object {
    const routes = routesTo(this.#place.workload);
    switch (this.#router) {
      case 'gateway-api':
        for (const { kind, name } of routes)
          report({
            code: 'INVALID_PROP',
            message: `Forbidden: Flagger does not split ${kind} "${name}", but makes one of its own for the workload`,
            hint: 'Set the prop `route` of the workload instead.',
          });
        return { provider: 'gatewayapi:v1' };
      case 'linkerd':
        return { provider: 'gatewayapi:v1' };
      case 'istio':
        return { provider: 'istio' };
      case 'nginx':
        if (routes.length > 1)
          report({
            code: 'INVALID_PROP',
            message: `Forbidden: Flagger splits one Ingress, and ${routes.length} lead to the workload`,
            hint: 'Put the hosts and paths on one route.',
          });
        return {
          provider: 'nginx',
          ingressRef: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: routes[0]?.name ?? '' },
        };
      case 'alb':
      case 'pods':
        if (this.#isCanary)
          report({
            code: 'INVALID_PROP',
            message:
              'Forbidden: Flagger gives new pods a share of the requests, and nothing in the profile splits them',
            hint: "Set `gateway`, `mesh` or `ingressClass: 'nginx'` in the profile, or use blueGreen().",
          });
        return { provider: 'kubernetes' };
    }
  }

  /** What `service` says about the route that Flagger makes. */
  renderFields(report: Reporter): object {
    if (this.#router === 'linkerd') return { gatewayRefs: [this.#ownService()] };
    const [route, ...others] = this.#taken;
    for (const { at } of others)
      report({
        code: 'INVALID_PROP',
        path: at,
        message: 'Forbidden: Flagger makes one route for a workload',
        hint: 'Put the hosts and paths on one route.',
      });
    if (route === undefined) return {};
    const { at, kind, annotations, render } = route;
    const here = below(at, report);
    if (kind !== 'HTTPRoute') {
      here({ code: 'INVALID_PROP', message: `Forbidden: Flagger splits HTTPRoutes, and this is a ${kind}` });
      return {};
    }
    return {
      ...routeFields(render(report).spec, here),
      ...nonEmptyRecord('apex', nonEmptyRecord('annotations', annotations)),
    };
  }

  /** The parent of the route in a Linkerd mesh. Source: the guide for Linkerd of the documentation of Flagger. */
  #ownService(): object {
    const { name, ports, workload } = this.#place;
    const [port] = publicPorts(ports);
    const namespace = namespaceOf(workload);
    return {
      group: 'core',
      kind: 'Service',
      name,
      ...(namespace === undefined ? {} : { namespace }),
      port: port?.service ?? port?.port,
    };
  }
}
