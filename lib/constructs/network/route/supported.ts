import type { ClusterProfile } from '../../../profiles/cluster-profile';
import { CHANNELS, type GatewayField, gatewayHas, gatewaySince } from '../../../profiles/gateway-api';
import type { Reporter, UnplacedProblem } from '../../core/problems';
import { below } from '../../core/problems';
import type { RouteKind } from './kind';
import type { RouteRule } from './props';
import type { Rule } from './rules';

/** What the kinds have no fields for, by the props that ask for it. */
const LACKING: Readonly<Record<RouteKind, Readonly<Partial<Record<keyof RouteRule, string>>>>> = {
  HTTPRoute: {},
  GRPCRoute: {
    methods: 'methods of HTTP',
    redirect: 'redirects',
    rewrite: 'rewrites',
    timeout: 'timeouts',
  },
  TLSRoute: lackingBelowHttp(),
  TCPRoute: lackingBelowHttp(),
  UDPRoute: lackingBelowHttp(),
  Ingress: {
    methods: 'matches by method',
    match: 'matches by header, query or gRPC method',
    headers: 'changes of headers',
    responseHeaders: 'changes of headers',
    redirect: 'redirects',
    rewrite: 'rewrites',
    timeout: 'timeouts',
  },
};

function lackingBelowHttp(): Readonly<Partial<Record<keyof RouteRule, string>>> {
  return {
    methods: 'matches',
    match: 'matches',
    headers: 'headers',
    responseHeaders: 'headers',
    redirect: 'redirects',
    rewrite: 'rewrites',
    timeout: 'timeouts',
  };
}

/** The way out of an Ingress. */
export const GATEWAY_HINT =
  "Set `gateway` in the environment's profile for a route of the Gateway API, or leave it out and set the annotation of your ingress controller in `annotations`.";

/** Reports the props of `rules` that a route of `kind` cannot express. */
export function checkSupported(kind: RouteKind, rules: readonly Rule[], report: Reporter): void {
  const article = /^[AEIOU]|^HTTP/.test(kind) ? 'an' : 'a';
  const forbid = (path: string, what: string, to: Reporter = report): void => {
    const message = `Forbidden: ${article} ${kind} has no ${what}`;
    to({ code: 'INVALID_PROP', path, message, ...(kind === 'Ingress' && { hint: GATEWAY_HINT }) });
  };
  const known = new Set<unknown>();
  for (const { props, at, paths } of rules) {
    for (const [key, what] of Object.entries(LACKING[kind])) {
      const value = props[key as keyof RouteRule];
      // What the paths have from their route is reported once.
      if (value === undefined || known.has(value)) continue;
      known.add(value);
      forbid(key, what, below(at, report));
    }
    for (const { form, at: place } of paths) {
      if (place === undefined) continue;
      if (kind === 'Ingress' && form === 'regex') forbid(place, 'paths by regular expression');
      if (kind !== 'Ingress' && kind !== 'HTTPRoute') forbid(place, 'paths');
    }
  }
}

/** Reports what the Gateway API of the cluster lacks, with the releases that have it. */
export function checkServed(
  { gatewayApi }: ClusterProfile,
  field: GatewayField,
  what: string,
  path: string,
  report: Reporter,
): void {
  if (!gatewayHas(gatewayApi, field)) report({ ...lacking(gatewayApi, field, what), path });
}

function lacking(
  gatewayApi: ClusterProfile['gatewayApi'],
  field: GatewayField,
  what: string,
): UnplacedProblem {
  const { channel = 'experimental', version } = gatewayApi ?? {};
  const since = gatewaySince(field);
  const places = CHANNELS.flatMap((each) =>
    since[each] === undefined ? [] : [`the ${each} channel from ${since[each]} on`],
  );
  const release = version === undefined ? 'the newest Gateway API' : `Gateway API ${version}`;
  return {
    code: 'INVALID_PROP',
    message: `Forbidden: the ${channel} channel of ${release} has no ${what}`,
    hint: `It is in ${places.join(', and in ')}. Set \`gatewayApi\` of the profile to what the cluster has.`,
  };
}
