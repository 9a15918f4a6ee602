import type { KubeObject } from '../../core/object';
import type { StandIn } from './target';

const standIns = new WeakMap<object, readonly StandIn[]>();
const routes = new WeakMap<object, KubeObject[]>();
const followers = new WeakMap<object, (route: KubeObject) => void>();

/** Puts other Services in the place of that of `workload`, in each route that leads to it, ours and those of others. */
export function replaceService(workload: object, services: readonly StandIn[]): void {
  standIns.set(workload, services);
}

/** The Services in the place of that of `workload`; `undefined` where there are none. */
export function standInsOf(workload: object): readonly StandIn[] | undefined {
  return standIns.get(workload);
}

/** Records that `route` leads to `workload`. */
export function recordRoute(workload: object, route: KubeObject): void {
  const known = routes.get(workload) ?? [];
  if (known.includes(route)) return;
  routes.set(workload, [...known, route]);
  followers.get(workload)?.(route);
}

/** Calls `follow` with each route that leads to `workload` from now on: a Route may be made after the workload. */
export function followRoutes(workload: object, follow: (route: KubeObject) => void): void {
  followers.set(workload, follow);
}

/** Every route that leads to `workload`, in the order in which they were made. */
export function routesTo(workload: object): readonly KubeObject[] {
  return routes.get(workload) ?? [];
}
