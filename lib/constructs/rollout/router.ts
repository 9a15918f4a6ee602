import type { ClusterProfile } from '../../profiles/cluster-profile';
import { isInstalled } from '../../profiles/installed';
import { isAmbient, meshOptions } from '../../profiles/mesh';
import type { Reporter } from '../core/problems';

/** What gives new pods a share of the requests; `pods` is their share of all pods. */
export type Router = NonNullable<ClusterProfile['trafficRouter']>;

/** The classes of Ingresses whose controllers can split requests. */
const OF_CLASS: Readonly<Record<string, Router>> = { nginx: 'nginx', alb: 'alb' };

/** Those that split the requests of a route, and not those of clients in the cluster. */
const OF_ROUTES: ReadonlySet<Router> = new Set(['gateway-api', 'nginx', 'alb']);

/** What splits the requests for a workload, by the profile of its cluster. @param isRouted whether it has a route */
export function routerOf(profile: ClusterProfile, isRouted: boolean): Router {
  const { trafficRouter, gateway, ingressClass = '' } = profile;
  if (trafficRouter !== undefined) return isRouted || !OF_ROUTES.has(trafficRouter) ? trafficRouter : 'pods';
  if (isRouted && gateway !== undefined) return 'gateway-api';
  if (splitsInMesh(profile)) return 'istio';
  return (isRouted ? OF_CLASS[ingressClass] : undefined) ?? 'pods';
}

/** Whether Istio reads the requests of pods: in ambient mode only a waypoint does. */
function splitsInMesh(profile: ClusterProfile): boolean {
  if (profile.mesh === undefined) return isInstalled(profile, 'istio');
  const mesh = meshOptions(profile.mesh);
  return mesh.kind === 'istio' && (!isAmbient(mesh) || mesh.waypoint !== undefined);
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
