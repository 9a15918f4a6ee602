import type { CustomPatches } from '../../kube/custom/patches';
import type { Patches } from '../../kube/patches';
import { parseIp } from '../../kube/ip';
import { dnsSubdomain } from '../../kube/names';
import { Environment } from '../core/environment';
import { referTo } from '../core/existing';
import { checkAnnotations, checkName } from '../core/metadata';
import { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import { optional } from '../core/props';
import type { Reference } from '../core/reference';
import { configurationOf, nameOrReference } from '../core/reference';
import { anyOf, ENTRIES, flag, record, text } from '../core/shapes';
import type { NamedPort } from '../workloads/container/ports';
import type { Trait, TraitPlace } from '../workloads/trait';
import { findPart } from '../workloads/trait';
import { connections } from './connections';

/** How a service is reached from outside the cluster. */
export interface RouteProps {
  /** Host name: `shop.example`, or `*.shop.example`. */
  readonly host: string;
  /** Prefix of the paths that it takes. @default '/' */
  readonly path?: string;
  /** Name of the port that it leads to. @default the first */
  readonly port?: string;
  /**
   * The Secret with the certificate, by name or reference, or `true` for `<service>-tls`, which cert-manager creates where the profile
   * has an issuer. With a Gateway, the listener holds the certificate. @default false
   */
  readonly tls?: boolean | string | Reference<'Secret'>;
  /** Annotations of the Ingress or HTTPRoute. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
}

const ROUTE = record<RouteProps>(
  {
    host: text,
    path: text,
    port: text,
    tls: anyOf<NonNullable<RouteProps['tls']>>([flag, nameOrReference<'Secret'>()]),
    annotations: ENTRIES,
  },
  { example: "{ host: 'shop.example' }" },
);

/** How the pods are reached from outside the cluster. */
export interface RoutedProps {
  /**
   * Host and path under which it is reached from outside the cluster.
   * @default not reachable from outside
   * @example { host: 'shop.example', path: '/api', tls: true }
   */
  readonly route?: RouteProps;
}

/** What an override of an Ingress or HTTPRoute may hold. */
export type RoutePatch = CustomPatches['HTTPRoute'] | Patches['Ingress'];

/**
 * The route of a workload.
 *
 * | object | when | why |
 * |---|---|---|
 * | Ingress | with `route` | leads requests for the host to the Service |
 * | HTTPRoute | with `route`, instead of the Ingress where the profile has a `gateway` | leads requests for the host to the Service |
 */
export interface Routed {
  /** The Ingress or HTTPRoute; `undefined` without the prop `route`. */
  readonly route: KubeObject<RoutePatch> | undefined;
}

/** A route from outside the cluster to the Service of a workload. */
export const route: Trait<RoutedProps, Routed> = {
  shapes: { route: ROUTE },
  members: { route: true },
  attach: (place, props) => ({ route: props.route && makeRoute(place, props.route) }),
};

function makeRoute(place: TraitPlace, props: RouteProps): KubeObject<RoutePatch> {
  const { workload, ports, metadata } = place;
  const environment = Environment.of(workload);
  const routed = ports.find(({ name }) => props.port === undefined || name === props.port);
  if (routed !== undefined) findPart(workload, connections)?.allowFromAnywhere([routed], 'route');
  const object = new KubeObject<RoutePatch>(workload, 'route', {
    ...routeKind(environment),
    metadata: metadata(routeAnnotations(props, environment)),
    content: (report) => ({ spec: renderRoute(props, place, environment, below('route', report)) }),
  });
  referTo(object, () => [{ route: props }]);
  return object;
}

/** The Service that a route leads to. */
type RouteTarget = Pick<TraitPlace, 'name' | 'ports'>;

/** Kind of the route: an HTTPRoute where the profile has a Gateway. */
function routeKind(environment: Environment | undefined): {
  readonly apiVersion: string;
  readonly kind: string;
} {
  return environment?.profile.gateway === undefined
    ? { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' }
    : { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute' };
}

/** Annotations of the Ingress or HTTPRoute. */
function routeAnnotations(
  route: RouteProps,
  environment: Environment | undefined,
): Readonly<Record<string, string>> {
  const issuer = environment?.has('cert-manager') === true ? environment.profile.clusterIssuer : undefined;
  const asks = route.tls === true && issuer !== undefined && environment?.profile.gateway === undefined;
  return { ...(asks ? { 'cert-manager.io/cluster-issuer': issuer } : {}), ...route.annotations };
}

/** `spec` of an Ingress or HTTPRoute. */
function renderRoute(
  route: RouteProps,
  target: RouteTarget,
  environment: Environment | undefined,
  report: Reporter,
): object {
  if (!checkHost(route.host, report)) return {};
  checkAnnotations(route.annotations, 'annotations', report);
  const secret = secretOf(route.tls, below('tls', report));
  const port =
    route.port === undefined ? target.ports[0] : target.ports.find(({ name }) => name === route.port);
  if (port === undefined) {
    const names = target.ports.map(({ name }) => name).join(', ') || 'none';
    report({
      code: 'INVALID_PORT',
      path: 'port',
      message: `unknown port "${route.port ?? ''}"; the Service has ${names}`,
    });
    return {};
  }
  const path = route.path ?? '/';
  checkPath(path, report);
  const gateway = environment?.profile.gateway;
  if (gateway === undefined)
    return renderIngress(
      { ...route, tls: secret ?? route.tls === true },
      path,
      target.name,
      port,
      environment,
    );
  const { name, namespace, listener } = gateway;
  return {
    parentRefs: [{ name, ...optional('namespace', namespace), ...optional('sectionName', listener) }],
    hostnames: [route.host],
    rules: [
      {
        matches: [{ path: { type: 'PathPrefix', value: path } }],
        backendRefs: [{ name: target.name, port: port.service ?? port.port }],
      },
    ],
  };
}

/** The name of the Secret with the certificate, where the route names one. */
function secretOf(tls: RouteProps['tls'], report: Reporter): string | undefined {
  if (typeof tls !== 'object') {
    if (typeof tls === 'string') checkName(tls, '', report);
    return typeof tls === 'string' ? tls : undefined;
  }
  if (configurationOf(tls, report) === 'ConfigMap')
    report({ code: 'INVALID_PROP', message: `expected a Secret, got ConfigMap "${tls.name}"` });
  return tls.name;
}

function renderIngress(
  route: RouteProps & { readonly tls: boolean | string },
  path: string,
  name: string,
  port: NamedPort,
  environment: Environment | undefined,
): object {
  const { host, tls } = route;
  const secretName = typeof tls === 'string' ? tls : `${name}-tls`;
  const backend = { service: { name, port: { name: port.name } } };
  return {
    ...optional('ingressClassName', environment?.profile.ingressClass),
    rules: [{ host, http: { paths: [{ path, pathType: 'Prefix', backend }] } }],
    ...(tls === false ? {} : { tls: [{ hosts: [host], secretName }] }),
  };
}

/** Whether there is a host; reports an invalid one. */
function checkHost(host: string | undefined, report: Reporter): host is string {
  const path = 'host';
  if (host === undefined) {
    report({
      code: 'MISSING_PROP',
      path,
      message: 'Required value: a route needs a host',
      hint: "Set `host`, such as 'shop.example'.",
    });
    return false;
  }
  const address = parseIp(host) === undefined ? undefined : 'must be a DNS name, not an IP address';
  const wrong = address ?? dnsSubdomain(host.replace(/^\*\./, ''));
  if (wrong !== undefined)
    report({ code: 'INVALID_NAME', path, message: `Invalid value: "${host}": ${wrong}` });
  return true;
}

/** Source: validateHTTPIngressPath of networking/v1; the Gateway API has the same rule for HTTPPathMatch. */
function checkPath(path: string, report: Reporter): void {
  const wrong = !path.startsWith('/')
    ? 'must be an absolute path'
    : /\/\/|\/\.\.?(\/|$)|%2f/i.test(path)
      ? 'must not contain "//", "/./", "/../" or "%2F"'
      : undefined;
  if (wrong !== undefined)
    report({ code: 'INVALID_PROP', path: 'path', message: `Invalid value: "${path}": ${wrong}` });
}
