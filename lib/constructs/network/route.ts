import type { CustomPatches } from '../../kube/custom/patches';
import { shorten } from '../../kube/names';
import type { Patches } from '../../kube/patches';
import { referTo } from '../core/existing';
import { NAME_LENGTH } from '../core/names';
import { KubeObject } from '../core/object';
import type { Shape } from '../core/shape';
import { anyOf, list, text } from '../core/shapes';
import type { Trait, TraitPlace } from '../workloads/trait';
import { namespaceOf } from './peer';
import type { RouteAdditions } from './route/additions';
import { planRoute } from './route/make';
import type { RouteProps } from './route/props';
import { ROUTE } from './route/props';
import { rulesOf } from './route/rules';
import { recordRoute, takerOf } from './route/stand-ins';
import type { RoutedWorkload } from './route/target';

/** A route: its host, or in detail. */
export type RouteLike = string | RouteProps;

/** How the pods are reached from outside the cluster. */
export interface RoutedProps {
  /**
   * The host under which it is reached from outside the cluster, or a route in detail.
   * @default not reachable from outside
   * @example { host: 'shop.example', path: '/api', tls: true }
   */
  readonly route?: RouteLike;
  /**
   * Several routes, in addition to `route`: hosts, or routes in detail.
   * @default none
   * @example ['shop.example', { host: 'shop.example', path: '/v2' }]
   */
  readonly routes?: RouteLike | readonly RouteLike[];
}

/** What an override of an Ingress or a route of the Gateway API may hold. */
export type RoutePatch = CustomPatches['HTTPRoute'] | CustomPatches['GRPCRoute'] | Patches['Ingress'];

/**
 * The routes of a workload.
 *
 * | object | when | why |
 * |---|---|---|
 * | Ingress | for each route, where the profile has no `gateway` | leads requests for its hosts to the Service |
 * | HTTPRoute | for each route, where the profile has a `gateway` | leads requests for its hosts to the Service |
 * | GRPCRoute | instead, where it matches gRPC services or leads to a port for gRPC | leads calls to the Service |
 * | TLSRoute | instead, with `protocol: 'TLS'` | leads TLS connections for its hosts to the Service, unopened |
 * | TCPRoute | instead, with `protocol: 'TCP'` | leads the connections of a listener to the Service |
 * | UDPRoute | instead, with `protocol: 'UDP'` | leads the datagrams of a listener to the Service |
 * | Certificate | with `tls: true` and an issuer, where no annotation of the Ingress asks for it: for a ListenerSet, and for the other hosts of an Ingress that shares one | makes the Secret of the certificate |
 * | ListenerSet | with `tls` and `listenerSets` of the gateway in the profile, once for each host | adds listeners for its hosts to the Gateway |
 * | ReferenceGrant | for each other namespace that a route of the Gateway API leads to | lets the route refer to Services there |
 */
export interface Routed {
  /** The first route; `undefined` without the props `route` and `routes`, or where Flagger makes it. */
  readonly route: KubeObject<RoutePatch> | undefined;
  /** All routes, that of `route` first. */
  readonly routes: readonly KubeObject<RoutePatch>[];
  /** The Certificates that the routes ask cert-manager for. */
  readonly certificates: readonly KubeObject<CustomPatches['Certificate']>[];
  /** The ListenerSets of the routes. */
  readonly listenerSets: readonly KubeObject<CustomPatches['ListenerSet']>[];
  /** The ReferenceGrants of the routes, each in the namespace of the Services. */
  readonly referenceGrants: readonly KubeObject<CustomPatches['ReferenceGrant']>[];
}

const LIKE: Shape<RouteLike> = anyOf<RouteLike>([text, ROUTE]);

const ONE: Shape<RouteLike> = {
  ...LIKE,
  hint: (value) => (Array.isArray(value) ? 'Use `routes` for several.' : LIKE.hint?.(value)),
};

/** Routes from outside the cluster to the Service of a workload. */
export const route: Trait<RoutedProps, Routed> = {
  shapes: { route: ONE, routes: anyOf<NonNullable<RoutedProps['routes']>>([list(LIKE), LIKE]) },
  members: { route: true, routes: true, certificates: true, listenerSets: true, referenceGrants: true },
  attach: (place, props) => {
    const made = routesIn(props).map((each, index) => makeRoute(place, each, index));
    const additions = made.map((each) => each.additions);
    return {
      route: made[0]?.object,
      routes: made.flatMap(({ object }) => object ?? []),
      certificates: additions.flatMap(({ certificate }) => certificate ?? []),
      listenerSets: additions.flatMap(({ listenerSet }) => listenerSet ?? []),
      referenceGrants: additions.flatMap(({ grants }) => grants),
    };
  },
};

/** A route in the props, and the prop that it stands at. */
interface GivenRoute {
  readonly props: RouteProps;
  readonly at: string;
}

function routesIn({ route: first, routes: more }: RoutedProps): readonly GivenRoute[] {
  const listed = Array.isArray(more)
    ? (more as readonly RouteLike[]).map((each, index) => [each, `routes[${index}]`] as const)
    : more === undefined
      ? []
      : [[more as RouteLike, 'routes'] as const];
  const all = first === undefined ? listed : [[first, 'route'] as const, ...listed];
  return all.map(([each, at]) => ({ props: typeof each === 'string' ? { host: each } : each, at }));
}

interface MadeRoute {
  /** `undefined` where another object says the route. */
  readonly object: KubeObject<RoutePatch> | undefined;
  readonly additions: RouteAdditions;
}

function makeRoute(place: TraitPlace, { props, at }: GivenRoute, index: number): MadeRoute {
  const { workload } = place;
  const id = index === 0 ? 'route' : `route-${index + 1}`;
  const name = index === 0 ? place.name : shorten([place.name, id], NAME_LENGTH);
  const planned = planRoute(
    { base: props, rules: rulesOf(props), at },
    // The workload has a Service: its kind takes this trait.
    { construct: workload, name, namespace: namespaceOf(workload), own: workload as RoutedWorkload },
  );
  const { apiVersion, kind, annotations, render } = planned;
  const take = takerOf(workload);
  if (take !== undefined) {
    take({ at, kind, annotations: { ...annotations, ...props.annotations }, render });
    return { object: undefined, additions: planned.makeAdditions(id, place.metadata()) };
  }
  const metadata = { ...place.metadata({ ...annotations, ...props.annotations }), name };
  const object = new KubeObject<RoutePatch>(workload, id, { apiVersion, kind, metadata, content: render });
  referTo(object, () => [{ [at]: props }]);
  for (const each of planned.workloads) recordRoute(each, object);
  return { object, additions: planned.makeAdditions(id, place.metadata()) };
}
