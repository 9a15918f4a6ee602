import type { KubeObject } from '../../core/object';
import type { Reporter } from '../../core/problems';
import type { StandIn } from './target';

const standIns = new WeakMap<object, readonly StandIn[]>();
const routes = new WeakMap<object, KubeObject[]>();
const takers = new WeakMap<object, (route: GivenRoute) => void>();
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

/** A route of a workload before its object is made. */
export interface GivenRoute {
  /** The prop that it stands at. */
  readonly at: string;
  readonly kind: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly render: (report: Reporter) => { readonly spec: object };
}

/** Gives the routes of the workload's own props to `take`, which has them made by others. */
export function takeRoutes(workload: object, take: (route: GivenRoute) => void): void {
  takers.set(workload, take);
}

/** Who has the routes of the workload's own props made; `undefined` where they are objects of their own. */
export function takerOf(workload: object): ((route: GivenRoute) => void) | undefined {
  return takers.get(workload);
}

/** Every route that leads to `workload`, in the order in which they were made. */
export function routesTo(workload: object): readonly KubeObject[] {
  return routes.get(workload) ?? [];
}
