import type { ClusterProfile } from '../../profiles/cluster-profile';
import { isInstalled } from '../../profiles/installed';
import { isAmbient, meshOptions } from '../../profiles/mesh';
import type { Reporter } from '../core/problems';

/** What gives new pods a share of the requests; `pods` is their share of all pods. */
export type Router = NonNullable<ClusterProfile['trafficRouter']>;

/** The routers of a workload: for what is known when it is made, and for when a route leads to it. */
export interface Routers {
  readonly now: Router;
  readonly whenRouted: Router;
}

/** The classes of Ingresses whose controllers can split requests. */
const OF_CLASS: Readonly<Record<string, Router>> = { nginx: 'nginx', alb: 'alb' };

/** Those that split the requests of a route, and not those of clients in the cluster. */
const OF_ROUTES: ReadonlySet<Router> = new Set(['gateway-api', 'nginx', 'alb']);

/** What splits the requests for a workload, by the profile of its cluster. @param isRouted whether it has a route */
export function routerOf(profile: ClusterProfile, isRouted: boolean): Router {
  const { trafficRouter, gateway, ingressClass = '' } = profile;
  if (trafficRouter !== undefined) return isRouted || !OF_ROUTES.has(trafficRouter) ? trafficRouter : 'pods';
  if (isRouted && gateway !== undefined) return 'gateway-api';
  return meshRouter(profile) ?? (isRouted ? OF_CLASS[ingressClass] : undefined) ?? 'pods';
}

/** Whether a router splits the calls of other pods of the mesh. */
export function isOfMesh(router: Router): router is 'istio' | 'linkerd' {
  return router === 'istio' || router === 'linkerd';
}

/** The mesh, where it reads the requests of pods: in the ambient mode of Istio only a waypoint does. */
function meshRouter(profile: ClusterProfile): Router | undefined {
  if (profile.mesh === undefined)
    return (['istio', 'linkerd'] as const).find((name) => isInstalled(profile, name));
  const mesh = meshOptions(profile.mesh);
  if (mesh.kind === 'linkerd') return 'linkerd';
  return !isAmbient(mesh) || mesh.waypoint !== undefined ? 'istio' : undefined;
}

/** Reports a router that does not read the routes of the cluster: HTTPRoutes where the profile has a `gateway`, else Ingresses. */
export function checkRouter({ trafficRouter, gateway }: ClusterProfile, report: Reporter): void {
  if (trafficRouter === 'gateway-api' && gateway === undefined)
    report({
      code: 'MISSING_PROP',
      message: 'Required value: `trafficRouter` of the profile is "gateway-api", and it has no `gateway`',
      hint: "Set `gateway: { name: 'public' }` in the profile.",
    });
  if ((trafficRouter === 'nginx' || trafficRouter === 'alb') && gateway !== undefined)
    report({
      code: 'INVALID_PROP',
      message: `Forbidden: \`trafficRouter\` of the profile is "${trafficRouter}", and routes are those of its \`gateway\``,
      hint: "Set `trafficRouter: 'gateway-api'` in the profile, or leave it out.",
    });
}
