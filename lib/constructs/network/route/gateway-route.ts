import type { ClusterProfile } from '../../../profiles/cluster-profile';
import type { Reporter } from '../../core/problems';
import { below } from '../../core/problems';
import { nonEmpty, optional } from '../../core/props';
import type { RoutePlace } from './backends';
import { sharesOf, targetsOf } from './backends';
import { isForOneMatch, renderFilters } from './filters';
import type { RouteKind, RouteSpec } from './kind';
import { GATEWAY_GROUP } from './kind';
import { checkPath, matchesIn, renderGrpcMatches, renderHttpMatches } from './matches';
import type { RouteTimeout } from './props';
import type { Rule } from './rules';
import { checkServed, checkSupported } from './supported';

/** Where a route of the Gateway API is rendered. */
export interface GatewayPlace extends RoutePlace {
  readonly profile: ClusterProfile;
  readonly kind: Exclude<RouteKind, 'Ingress'>;
  readonly hosts: readonly string[];
  /** The ListenerSets that it attaches to instead of the Gateway. */
  readonly listenerSets: readonly string[];
}

/** `spec` of a route of the Gateway API. */
export function renderGatewayRoute(spec: RouteSpec, place: GatewayPlace, report: Reporter): object {
  const { kind, profile, hosts } = place;
  const { base, rules } = spec;
  checkSupported(kind, rules, report);
  checkServed(profile, { kind }, kind, '', report);
  const isByHost = kind !== 'TCPRoute' && kind !== 'UDPRoute';
  if (!isByHost && hosts.length > 0)
    report({ code: 'INVALID_PROP', path: 'host', message: `Forbidden: a ${kind} has no hosts` });
  return {
    parentRefs: renderParents(base.listener, place, report),
    ...nonEmpty('hostnames', isByHost ? hosts : []),
    rules: rules.flatMap((rule) => renderRule(rule, place, below(rule.at, report))),
  };
}

/** The Gateway, and its listener; those of the profile take HTTP. */
function renderParents(
  listener: string | undefined,
  place: GatewayPlace,
  report: Reporter,
): readonly object[] {
  const { kind, profile, listenerSets } = place;
  if (listenerSets.length > 0)
    return listenerSets.map((name) => ({ group: GATEWAY_GROUP, kind: 'ListenerSet', name }));
  const { name, namespace, listener: usual } = profile.gateway ?? { name: '' };
  const isHttp = kind === 'HTTPRoute' || kind === 'GRPCRoute';
  if (listener === undefined && (kind === 'TCPRoute' || kind === 'UDPRoute'))
    report({
      code: 'MISSING_PROP',
      path: 'listener',
      message: `Required value: a ${kind} takes all that reaches a listener`,
      hint: 'Set the name of the listener of the Gateway for this port.',
    });
  return [
    {
      name,
      ...optional('namespace', namespace),
      ...optional('sectionName', listener ?? (isHttp ? usual : undefined)),
    },
  ];
}

function renderRule(rule: Rule, place: GatewayPlace, report: Reporter): readonly object[] {
  const { kind, namespace, profile } = place;
  const { props } = rule;
  const backends = sharesOf(targetsOf(props, place, report)).map((share) => ({
    name: share.name,
    ...optional('namespace', share.namespace === namespace ? undefined : share.namespace),
    port: share.port.service ?? share.port.port,
    ...optional('weight', share.weight),
  }));
  const backendRefs = nonEmpty('backendRefs', backends);
  if (kind === 'GRPCRoute')
    return [
      {
        ...nonEmpty('matches', renderGrpcMatches(rule, report)),
        ...nonEmpty('filters', renderFilters(props, 'exact', report)),
        ...backendRefs,
      },
    ];
  if (kind !== 'HTTPRoute') return [backendRefs];
  if (typeof props.redirect === 'object' && props.redirect.status !== undefined)
    checkStatus(props.redirect.status, profile, report);
  const timeouts = optional('timeouts', renderTimeouts(props.timeout, profile, report));
  return split(rule).map((each) => ({
    matches: renderHttpMatches(each, report),
    ...nonEmpty('filters', renderFilters(props, each.paths[0]?.form ?? 'prefix', report)),
    ...backendRefs,
    ...timeouts,
  }));
}

/** One rule for each path and match, where what happens depends on it. */
function split(rule: Rule): readonly Rule[] {
  const { props, paths, at } = rule;
  if (!isForOneMatch(props)) return [rule];
  const { methods = [] } = props;
  return paths.flatMap((path) =>
    (methods.length === 0 ? [undefined] : methods).flatMap((method) =>
      matchesIn(props).map(({ match }) => ({
        paths: [path],
        at,
        props: {
          ...props,
          ...(method === undefined ? {} : { methods: [method] }),
          match,
        },
      })),
    ),
  );
}

function checkStatus(value: number, profile: ClusterProfile, report: Reporter): void {
  const path = ['spec', 'rules', 'filters', 'requestRedirect', 'statusCode'];
  if ([301, 302, 303, 307, 308].includes(value))
    checkServed(
      profile,
      { kind: 'HTTPRoute', path, value },
      `redirects with status ${value}`,
      'redirect.status',
      report,
    );
  else
    report({
      code: 'INVALID_PROP',
      path: 'redirect.status',
      message: `Unsupported value: ${value}: supported values: 301, 302, 303, 307, 308`,
    });
}

/** A duration of the Gateway API (GEP-2257). */
const DURATION = /^(\d{1,5}(h|m|s|ms)){1,4}$/;

function renderTimeouts(
  timeout: string | RouteTimeout | undefined,
  profile: ClusterProfile,
  report: Reporter,
): object | undefined {
  if (timeout === undefined) return undefined;
  const { request, backendRequest } = typeof timeout === 'string' ? { request: timeout } : timeout;
  for (const [key, value] of [
    ['request', request],
    ['backendRequest', backendRequest],
  ] as const) {
    if (value === undefined || DURATION.test(value)) continue;
    const path = typeof timeout === 'string' ? 'timeout' : `timeout.${key}`;
    const message = `Invalid value: "${value}": expected a duration`;
    report({ code: 'INVALID_PROP', path, message, hint: 'Durations look like 10s, 1h30m or 500ms.' });
  }
  const path = ['spec', 'rules', 'timeouts'];
  checkServed(profile, { kind: 'HTTPRoute', path }, 'timeouts', 'timeout', report);
  return { ...optional('request', request), ...optional('backendRequest', backendRequest) };
}

/** Reports paths and lists that the API server, or a reader, would take for something else. */
export function checkRules(rules: readonly Rule[], report: Reporter): void {
  for (const { paths, props, at } of rules) {
    for (const path of paths) checkPath(path, report);
    for (const key of ['methods', 'match'] as const) {
      const value: unknown = props[key];
      if (!Array.isArray(value) || value.length > 0) continue;
      below(at, report)({ code: 'MISSING_PROP', path: key, message: 'Required value: the list is empty' });
    }
  }
}
