import type { Reference } from '../../core/reference';
import { nameOrReference } from '../../core/reference';
import type { Shape, Shapes } from '../../core/shape';
import { complete } from '../../core/complete';
import { anyOf, choice, ENTRIES, flag, forms, list, mapOf, number, record, text } from '../../core/shapes';
import type { RouteTo } from './target';
import { ROUTE_TO } from './target';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'] as const;

/** A method of HTTP. */
export type HttpMethod = (typeof METHODS)[number];

/** The value of a header or a parameter: a text, or a regular expression in the syntax of the gateway. */
export type RouteValue = string | { readonly regex: string };

/** What a request has, beyond its host and path. All that is set has to match. */
export interface RouteMatch {
  /** Headers, by name: `{ 'x-canary': 'yes' }`. @default any */
  readonly headers?: Readonly<Record<string, RouteValue>>;
  /** Parameters of the query, by name. @default any */
  readonly query?: Readonly<Record<string, RouteValue>>;
  /** gRPC service with its package: `shop.Orders`. @default any */
  readonly service?: string;
  /** gRPC method: `Place`. @default any */
  readonly method?: string;
}

/** Changes of the headers of a request or a response. */
export interface RouteHeaders {
  /** Headers that get these values instead of their own. @default none */
  readonly set?: Readonly<Record<string, string>>;
  /** Headers that get these values in addition. @default none */
  readonly add?: Readonly<Record<string, string>>;
  /** Headers that are taken away. @default none */
  readonly remove?: readonly string[];
}

/** Where a redirect leads; what is left out stays as in the request. */
export interface RouteRedirect {
  /** Scheme. @default that of the request */
  readonly scheme?: 'http' | 'https';
  /** Host. @default that of the request */
  readonly host?: string;
  /** Port. @default that of the scheme, or of the listener */
  readonly port?: number;
  /** Path. @default that of the request */
  readonly path?: string;
  /** Takes the place of the prefix that the route matches. @default the path stays */
  readonly prefix?: string;
  /** Status code: 301, 302, 303, 307 or 308. @default 302, set by the API server */
  readonly status?: number;
}

/** How the address of a request changes before the pods get it. */
export interface RouteRewrite {
  /** Host. @default that of the request */
  readonly host?: string;
  /** Path. @default that of the request */
  readonly path?: string;
  /** Takes the place of the prefix that the route matches. @default the path stays */
  readonly prefix?: string;
}

/** How long a request may take, in durations such as `10s` or `1h`. */
export interface RouteTimeout {
  /** From the request of the client to the end of the response. @default that of the gateway */
  readonly request?: string;
  /** One request to the pods, where the gateway tries several. @default that of the gateway */
  readonly backendRequest?: string;
}

/** What happens with requests. */
export interface RouteRule {
  /** Name of the port that they lead to. @default the first that is not for metrics */
  readonly port?: string;
  /**
   * Services that get them: `to: other`, or several with weights. In the route of a workload a weight is a share of 100, and
   * the workload itself gets what is left: `to: [{ service: canary, weight: 10 }]`.
   * @default the workload itself
   */
  readonly to?: RouteTo;
  /** Methods of HTTP. @default all */
  readonly methods?: readonly HttpMethod[];
  /** What else requests have: one match, or several of which one is enough. @default anything */
  readonly match?: RouteMatch | readonly RouteMatch[];
  /** Changes of their headers. @default none */
  readonly headers?: RouteHeaders;
  /** Changes of the headers of responses. @default none */
  readonly responseHeaders?: RouteHeaders;
  /**
   * Redirects them: a URL, whose path stays that of the request where the URL has none; or in detail.
   * @default no redirect
   */
  readonly redirect?: string | RouteRedirect;
  /** Changes their address: what takes the place of the path that the route matches, or in detail. @default no change */
  readonly rewrite?: string | RouteRewrite;
  /** How long a request may take: a duration such as `10s`, or in detail. @default that of the gateway */
  readonly timeout?: string | RouteTimeout;
}

/** Paths of one form, and what is different for them: `{ exact: '/healthz', port: 'metrics' }`. */
export interface RoutePath extends RouteRule {
  /** Paths that begin with it, by whole elements. @default not a prefix */
  readonly prefix?: string;
  /** The path itself. @default not exact */
  readonly exact?: string;
  /** A regular expression in the syntax of the gateway. @default no expression */
  readonly regex?: string;
}

export const PROTOCOLS = ['HTTP', 'GRPC', 'TLS', 'TCP', 'UDP'] as const;

/** What a route leads to pods: each is a kind of the Gateway API. */
export type RouteProtocol = (typeof PROTOCOLS)[number];

/** What a route of a workload has in common with one of several services. */
export interface RouteBase {
  /** Host name, or several: `shop.example`, `*.shop.example`. @default none, for TCP and UDP only */
  readonly host?: string | readonly string[];
  /**
   * What it leads to the pods. TLS goes through to them, by host.
   * @default 'GRPC' where it matches a gRPC service, or leads to a port that is called grpc; else 'HTTP'
   */
  readonly protocol?: RouteProtocol;
  /** Listener of the Gateway; TCP and UDP need one. @default that of the profile */
  readonly listener?: string;
  /**
   * The Secret with the certificate, by name or reference, or `true` for `<service>-tls`, which cert-manager creates where
   * the profile has an issuer. Routes on one host share it. With a Gateway, its listener holds the certificate, unless the
   * profile has `listenerSets`. @default false
   */
  readonly tls?: boolean | string | Reference<'Secret'>;
  /** Annotations of the Ingress or route. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** How a service is reached from outside the cluster. */
export interface RouteProps extends RouteBase, RouteRule {
  /** Prefix of the paths that it takes. @default '/' */
  readonly path?: string;
  /** Several paths: prefixes, or paths of one form with what is different for them. @default `path` alone */
  readonly paths?: readonly (string | RoutePath)[];
}

const values = mapOf(
  anyOf<RouteValue>([text, complete(record<{ readonly regex: string }>({ regex: text }))]),
);

const MATCH = record<RouteMatch>(
  { headers: values, query: values, service: text, method: text },
  { words: { queryParams: '`query`' } },
);

const HEADERS = record<RouteHeaders>({ set: ENTRIES, add: ENTRIES, remove: list(text) });

const REDIRECT = record<RouteRedirect>(
  { scheme: choice(['http', 'https']), host: text, port: number, path: text, prefix: text, status: number },
  { words: { hostname: '`host`', statusCode: '`status`' } },
);

const REWRITE = record<RouteRewrite>(
  { host: text, path: text, prefix: text },
  { words: { hostname: '`host`' } },
);

const TIMEOUT = record<RouteTimeout>({ request: text, backendRequest: text });

export const RULE: Shapes<RouteRule> = {
  port: text,
  to: ROUTE_TO,
  methods: list(choice(METHODS)),
  match: anyOf<RouteMatch | readonly RouteMatch[]>([list(MATCH), MATCH]),
  headers: HEADERS,
  responseHeaders: HEADERS,
  redirect: anyOf<string | RouteRedirect>([text, REDIRECT]),
  rewrite: anyOf<string | RouteRewrite>([text, REWRITE]),
  timeout: anyOf<string | RouteTimeout>([text, TIMEOUT]),
};

export const BASE: Shapes<RouteBase> = {
  host: anyOf<string | readonly string[]>([text, list(text)]),
  protocol: choice(PROTOCOLS),
  listener: text,
  tls: anyOf<NonNullable<RouteBase['tls']>>([flag, nameOrReference<'Secret'>()]),
  annotations: ENTRIES,
};

/** Kubernetes' words for the props of a route. */
export const ROUTE_WORDS = {
  hosts: '`host`, which takes a list as well',
  hostnames: '`host`, which takes a list as well',
  matches: '`match`',
  backendRefs: '`to`',
  timeouts: '`timeout`',
  filters: '`headers`, `redirect` or `rewrite`',
  sectionName: '`listener`',
};

const pathOf = (form: 'prefix' | 'exact' | 'regex'): ReturnType<typeof record<RoutePath>> =>
  record<RoutePath>({ ...RULE, [form]: text } as unknown as Shapes<RoutePath>);

const PATH: Shape<RoutePath> = forms<RoutePath>({
  prefix: pathOf('prefix'),
  exact: pathOf('exact'),
  regex: pathOf('regex'),
});

export const ROUTE = record<RouteProps>(
  { ...BASE, ...RULE, path: text, paths: list(anyOf<string | RoutePath>([text, PATH])) },
  { example: "{ host: 'shop.example' }", words: ROUTE_WORDS },
);
