import type { ClusterProfile } from '../../../profiles/cluster-profile';
import { gatewayVersions } from '../../../profiles/gateway-api';
import type { RoutePlace } from './backends';
import { quietTargets } from './backends';
import { matchesCalls } from './matches';
import type { RouteBase, RouteProtocol } from './props';
import type { Rule } from './rules';

/** The kinds that a route becomes. */
export type RouteKind = `${RouteProtocol}Route` | 'Ingress';

export const GATEWAY_GROUP = 'gateway.networking.k8s.io';

/** What a route is made of. */
export interface RouteSpec {
  readonly base: RouteBase;
  readonly rules: readonly Rule[];
  /** The prop that it stands at: `routes[1]`; '' where it is the props of its construct. */
  readonly at: string;
}

/** What a route leads to the pods. */
export function protocolOf({ base, rules }: RouteSpec, place: RoutePlace): RouteProtocol {
  if (base.protocol !== undefined) return base.protocol;
  if (rules.some(({ props }) => matchesCalls(props))) return 'GRPC';
  const isForHttp = rules.some(
    ({ props, paths }) =>
      paths.some(({ at }) => at !== undefined) ||
      [props.methods, props.redirect, props.rewrite, props.timeout].some((each) => each !== undefined),
  );
  const targets = quietTargets(rules, place);
  return !isForHttp && targets.length > 0 && targets.every(({ port }) => speaksGrpc(port)) ? 'GRPC' : 'HTTP';
}

function speaksGrpc({
  name = '',
  appProtocol,
}: {
  readonly name?: string;
  readonly appProtocol?: string;
}): boolean {
  return /^grpc(-|$)/.test(name) || appProtocol === 'grpc';
}

/** The kind of a route: one of the Gateway API where the profile has a Gateway. */
export function routeKind(
  spec: RouteSpec,
  place: RoutePlace,
  profile: ClusterProfile | undefined,
): { readonly apiVersion: string; readonly kind: RouteKind } {
  if (profile?.gateway === undefined) return { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' };
  const kind = `${protocolOf(spec, place)}Route` as const;
  // A kind that the cluster lacks is reported when the route is rendered.
  const [version = 'v1'] = gatewayVersions(profile.gatewayApi, kind);
  return { apiVersion: `${GATEWAY_GROUP}/${version}`, kind };
}
