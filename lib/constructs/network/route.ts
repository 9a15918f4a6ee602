import { parseIp } from '../../kube/ip';
import { dnsSubdomain } from '../../kube/names';
import type { Environment } from '../core/environment';
import type { NamedPort } from '../workloads/container/ports';
import { checkAnnotations, checkName } from '../core/metadata';
import type { Reporter } from '../core/problems';
import type { Keys } from '../core/props';
import { checkKeys, nonEmptyRecord, optional } from '../core/props';
import type { ResourceProps } from '../core/resource';

/** How a service is reached from outside the cluster. */
export interface RouteProps {
  /** Host name: `shop.example`, or `*.shop.example`. */
  readonly host: string;
  /** Paths that begin so. @default '/' */
  readonly path?: string;
  /** Name of the port. @default the first */
  readonly port?: string;
  /**
   * Secret with the certificate, or `true` for one of the name `<service>-tls`, which cert-manager makes where the
   * profile has an issuer. With a Gateway the listener holds the certificate. @default false
   */
  readonly tls?: boolean | string;
  /** Annotations of the Ingress or HTTPRoute. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
}

const KEYS: Keys<RouteProps> = { host: true, path: true, port: true, tls: true, annotations: true };

/** The Service that a route leads to. */
export interface RouteTarget {
  readonly name: string;
  readonly ports: readonly NamedPort[];
}

/** Kind of object that a route becomes in an environment: the profile's Gateway decides. */
export function routeKind(environment: Environment | undefined): {
  readonly apiVersion: string;
  readonly kind: string;
} {
  return environment?.profile.gateway === undefined
    ? { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' }
    : { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute' };
}

/** Annotations of the object that a route becomes. */
export function routeAnnotations(
  route: RouteProps,
  environment: Environment | undefined,
): Pick<ResourceProps, 'annotations'> {
  const issuer = environment?.has('cert-manager') === true ? environment.profile.clusterIssuer : undefined;
  const asks = route.tls === true && issuer !== undefined && environment?.profile.gateway === undefined;
  return nonEmptyRecord('annotations', {
    ...(asks ? { 'cert-manager.io/cluster-issuer': issuer } : {}),
    ...route.annotations,
  });
}

/** `spec` of an Ingress or HTTPRoute. */
export function renderRoute(
  route: RouteProps,
  target: RouteTarget,
  environment: Environment | undefined,
  report: Reporter,
): object {
  checkKeys(route, KEYS, report);
  if (!checkHost(route.host, report)) return {};
  checkAnnotations(route.annotations, 'annotations', report);
  if (typeof route.tls === 'string') checkName(route.tls, 'tls', report);
  const port =
    route.port === undefined ? target.ports[0] : target.ports.find(({ name }) => name === route.port);
  if (port === undefined) {
    const names = target.ports.map(({ name }) => name).join(', ') || 'none';
    report({
      code: 'INVALID_PORT',
      path: 'port',
      message: `there is no port "${route.port ?? ''}" to lead to; there are: ${names}`,
    });
    return {};
  }
  const path = route.path ?? '/';
  checkPath(path, report);
  const gateway = environment?.profile.gateway;
  if (gateway === undefined) return renderIngress(route, path, target.name, port, environment);
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

function renderIngress(
  route: RouteProps,
  path: string,
  name: string,
  port: NamedPort,
  environment: Environment | undefined,
): object {
  const { host, tls = false } = route;
  const secretName = typeof tls === 'string' ? tls : `${name}-tls`;
  const backend = { service: { name, port: { name: port.name } } };
  return {
    ...optional('ingressClassName', environment?.profile.ingressClass),
    rules: [{ host, http: { paths: [{ path, pathType: 'Prefix', backend }] } }],
    ...(tls === false ? {} : { tls: [{ hosts: [host], secretName }] }),
  };
}

/** Whether there is a host; tells of what is none. */
function checkHost(host: string | undefined, report: Reporter): host is string {
  const path = 'host';
  if (host === undefined) {
    report({
      code: 'MISSING_PROP',
      path,
      message: 'a route needs a host',
      hint: "Say `host: 'shop.example'`.",
    });
    return false;
  }
  const address = parseIp(host) === undefined ? undefined : 'must be a name and no address';
  const wrong = address ?? dnsSubdomain(host.replace(/^\*\./, ''));
  if (wrong !== undefined)
    report({ code: 'INVALID_NAME', path, message: `"${host}" is no host name: ${wrong}` });
  return true;
}

/** Source: validateHTTPIngressPath of networking/v1; the Gateway API has the same rule for HTTPPathMatch. */
function checkPath(path: string, report: Reporter): void {
  const wrong = !path.startsWith('/')
    ? 'does not begin with a slash'
    : /\/\/|\/\.\.?(\/|$)|%2f/i.test(path)
      ? 'must not contain "//", "/./", "/../" or "%2F"'
      : undefined;
  if (wrong !== undefined) report({ code: 'INVALID_PROP', path: 'path', message: `"${path}" ${wrong}` });
}
