import { nearest } from '../../../errors';
import { httpHeaderName } from '../../../kube/names';
import { portProblem } from '../../../kube/ports';
import type { Fields } from '../../core/fields';
import { asInteger, renderFields, shapesOf, wordsOf } from '../../core/fields';
import type { Reporter } from '../../core/problems';
import { below } from '../../core/problems';
import { nonEmpty, optional } from '../../core/props';
import type { Shapes } from '../../core/shape';
import type { Words } from '../../core/shapes';
import { anyOf, choice, constant, forms, list, mapOf, number, record, text } from '../../core/shapes';
import type { NamedPort } from './ports';

/** A port by number or by the name that the container gave it. */
export type PortRef = number | string;

/** When and how often a probe runs, in seconds, and how many results count. */
export interface ProbeTiming {
  /** Seconds after the container has started. @default 0 */
  readonly initialDelay?: number;
  /** Seconds between two probes. @default 10, set by the API server */
  readonly period?: number;
  /** Seconds to wait for a response. @default 1, set by the API server */
  readonly timeout?: number;
  /** Successes in a row that count as healthy, after a failure. @default 1 */
  readonly successThreshold?: number;
  /** Failures in a row that count as unhealthy. @default 3, set by the API server */
  readonly failureThreshold?: number;
  /** Seconds that the container gets to stop when the probe has failed. @default that of the pod */
  readonly terminationGracePeriod?: number;
}

/** An HTTP request; a status from 200 to 399 is a success. */
export interface HttpAction {
  /** Path of the request: `/healthz`. */
  readonly http: string;
  /** Port by number or name. @default the container's first TCP port */
  readonly port?: PortRef;
  /** Scheme of the request. @default 'HTTP' */
  readonly scheme?: 'HTTP' | 'HTTPS';
  /** Host name or address. @default the pod's address */
  readonly host?: string;
  /** Headers of the request by name. @default none */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A TCP connection. */
export interface TcpAction {
  /** Port by number or name; `true` for the container's first TCP port. */
  readonly tcp: PortRef | true;
  /** Host name or address. @default the pod's address */
  readonly host?: string;
}

/** A request to the gRPC health service. */
export interface GrpcAction {
  /** Port; `true` for the container's first TCP port. */
  readonly grpc: number | true;
  /** Name of the gRPC service. @default the whole server */
  readonly service?: string;
}

/** A command in the container; exit code 0 is a success. */
export interface CommandAction {
  /** The command and its arguments. */
  readonly command: readonly string[];
}

/** One check of a container, and its timing. */
export type Probe = (HttpAction | TcpAction | GrpcAction | CommandAction) & ProbeTiming;

/** A probe for each purpose. */
export interface Probes {
  /** Whether the pod gets traffic. @default as soon as it has started */
  readonly readiness?: Probe;
  /** Whether the container must be restarted. @default only when it exits */
  readonly liveness?: Probe;
  /** Whether the container has started; until then the others wait. @default at once */
  readonly startup?: Probe;
}

const TIMING: Fields<ProbeTiming> = {
  initialDelay: asInteger('initialDelaySeconds', 0),
  period: asInteger('periodSeconds', 1),
  timeout: asInteger('timeoutSeconds', 1),
  successThreshold: asInteger('successThreshold', 1),
  failureThreshold: asInteger('failureThreshold', 1),
  terminationGracePeriod: asInteger('terminationGracePeriodSeconds', 1),
};
export const HTTP_ACTION: Shapes<HttpAction> = {
  http: text,
  port: anyOf<PortRef>([number, text]),
  scheme: choice(['HTTP', 'HTTPS']),
  host: text,
  headers: mapOf(text, "{ 'X-Probe': 'yes' }"),
};
export const COMMAND_ACTION: Shapes<CommandAction> = { command: list(text) };
const TCP_ACTION: Shapes<TcpAction> = {
  tcp: anyOf<PortRef | true>([number, text, constant(true)]),
  host: text,
};
const GRPC_ACTION: Shapes<GrpcAction> = {
  grpc: anyOf<number | true>([number, constant(true)]),
  service: text,
};

/** What takes the place of Kubernetes' words for the actions. */
export const ACTION_WORDS: Words = {
  httpGet: "`http`, the path: `{ http: '/healthz', port: 8080 }`",
  tcpSocket: '`tcp`, the port',
  exec: '`command`',
};

const TIMED = shapesOf(TIMING);
const TIMED_WORDS = { words: { ...wordsOf(TIMING), ...ACTION_WORDS } };

const ACTIONS = {
  http: record<HttpAction & ProbeTiming>({ ...HTTP_ACTION, ...TIMED }, TIMED_WORDS),
  tcp: record<TcpAction & ProbeTiming>({ ...TCP_ACTION, ...TIMED }, TIMED_WORDS),
  grpc: record<GrpcAction & ProbeTiming>({ ...GRPC_ACTION, ...TIMED }, TIMED_WORDS),
  command: record<CommandAction & ProbeTiming>({ ...COMMAND_ACTION, ...TIMED }, TIMED_WORDS),
};

const SINGLE = forms<Probe>(ACTIONS, ACTION_WORDS);

const PURPOSES: Shapes<Probes> = { readiness: SINGLE, liveness: SINGLE, startup: SINGLE };

/** What to do with a prop of an object that is meant as one probe, but has no action of that name. */
function actionFor(key: string): string | undefined {
  if (Object.hasOwn(TIMED, key)) return `A probe needs one of ${SINGLE.expected}.`;
  const near = nearest(key, [...Object.keys(PURPOSES), ...Object.keys(ACTIONS)]);
  return near !== undefined && Object.hasOwn(ACTIONS, near) ? `Did you mean "${near}"?` : undefined;
}

export const PROBE = anyOf<Probe | Probes>(
  [
    SINGLE,
    record<Probes>(PURPOSES, {
      elsewhere: actionFor,
      words: {
        ...ACTION_WORDS,
        readinessProbe: '`readiness`',
        livenessProbe: '`liveness`',
        startupProbe: '`startup`',
      },
    }),
  ],
  { expected: SINGLE.expected, hint: "Write it as { http: '/healthz' }." },
);

/**
 * What a single probe becomes: it decides on traffic at once, on a restart after twice the usual number of failures, and
 * a start may take five minutes before either counts.
 */
const PATIENCE = { liveness: 6, startup: { period: 5, failureThreshold: 60 } };

/** The probes of a container; a single probe serves all three purposes. */
export function renderProbes(probe: Probe | Probes, ports: readonly NamedPort[], report: Reporter): object {
  if (isSingle(probe)) return renderSingle(probe, ports, report);
  const render = (name: keyof Probes): object | undefined => {
    const asked = probe[name];
    if (asked === undefined) return undefined;
    const reportBelow = below(name, report);
    checkPurpose(name, asked, reportBelow);
    return renderProbe(asked, ports, reportBelow);
  };
  return {
    readinessProbe: render('readiness'),
    livenessProbe: render('liveness'),
    startupProbe: render('startup'),
  };
}

function renderSingle(probe: Probe, ports: readonly NamedPort[], report: Reporter): object {
  // Only traffic asks for several good answers in a row, and only the others end the container.
  const { successThreshold: _, ...restarting } = probe;
  const { terminationGracePeriod: __, ...asking } = probe;
  const silent = (): void => undefined;
  return {
    readinessProbe: renderProbe(asking, ports, report),
    livenessProbe: renderProbe({ failureThreshold: PATIENCE.liveness, ...restarting }, ports, silent),
    startupProbe: renderProbe(Object.assign({}, restarting, PATIENCE.startup), ports, silent),
  };
}

/** Source: validateLivenessProbe, validateReadinessProbe and validateStartupProbe of core/v1. */
function checkPurpose(name: keyof Probes, probe: Probe, report: Reporter): void {
  const { successThreshold = 1, terminationGracePeriod } = probe;
  if (name !== 'readiness' && successThreshold !== 1)
    report({
      code: 'INVALID_PROP',
      path: 'successThreshold',
      message: `Invalid value: ${successThreshold}: must be 1 for a ${name} probe`,
    });
  if (name === 'readiness' && terminationGracePeriod !== undefined) {
    const message = 'Forbidden: a readiness probe does not stop containers';
    report({ code: 'INVALID_PROP', path: 'terminationGracePeriod', message });
  }
}

/** Whether it is one probe rather than a probe for each purpose. */
export function isSingle(probe: Probe | Probes): probe is Probe {
  return SINGLE.takes(probe);
}

function renderProbe(probe: Probe, ports: readonly NamedPort[], report: Reporter): object {
  return {
    ...renderFields<ProbeTiming>(probe, TIMING, report),
    ...renderAction(probe, ports, report),
  };
}

/** An action in the API's form: `httpGet`, `tcpSocket`, `grpc` or `exec`. */
export function renderAction(
  action: HttpAction | TcpAction | GrpcAction | CommandAction,
  ports: readonly NamedPort[],
  report: Reporter,
): object {
  if ('http' in action) return { httpGet: renderHttp(action, ports, report) };
  if ('tcp' in action)
    return { tcpSocket: { port: portOf(action.tcp, ports, report), ...optional('host', action.host) } };
  if ('grpc' in action) {
    const port = action.grpc === true ? firstPort(ports, report)?.port : checkedNumber(action.grpc, report);
    return { grpc: { ...optional('port', port), ...optional('service', action.service) } };
  }
  const { command } = action;
  if (command.length === 0)
    report({ code: 'MISSING_PROP', path: 'command', message: 'Required value: expected a command' });
  return { exec: { command } };
}

function renderHttp(action: HttpAction, ports: readonly NamedPort[], report: Reporter): object {
  const { http: path, scheme, host, headers = {} } = action;
  if (path === '')
    report({
      code: 'INVALID_PROP',
      path: 'http',
      message: 'Required value: expected a path such as `/healthz`',
    });
  const httpHeaders = Object.entries(headers).map(([name, value]) => ({ name, value }));
  for (const { name } of httpHeaders) {
    const wrong = httpHeaderName(name);
    if (wrong !== undefined)
      report({
        code: 'INVALID_NAME',
        path: `headers.${name}`,
        message: `Invalid value: "${name}": ${wrong}`,
      });
  }
  const port = portOf(action.port ?? true, ports, report);
  const rest = { ...optional('scheme', scheme), ...optional('host', host) };
  return { path, ...optional('port', port), ...rest, ...nonEmpty('httpHeaders', httpHeaders) };
}

function portOf(port: PortRef | true, ports: readonly NamedPort[], report: Reporter): PortRef | undefined {
  if (port === true) return firstPort(ports, report)?.name;
  if (typeof port === 'number') return checkedNumber(port, report);
  if (!ports.some(({ name }) => name === port)) {
    const names = ports.map(({ name }) => name).join(', ') || 'none';
    report({
      code: 'INVALID_PORT',
      path: 'port',
      message: `the container has no port "${port}"; it has ${names}`,
    });
  }
  return port;
}

function checkedNumber(port: number, report: Reporter): number {
  const wrong = portProblem(port);
  if (wrong !== undefined) report({ code: 'INVALID_PORT', path: 'port', message: wrong });
  return port;
}

/** The first port that can be probed: UDP has no response to wait for. */
function firstPort(ports: readonly NamedPort[], report: Reporter): NamedPort | undefined {
  const first = ports.find(({ protocol = 'TCP' }) => protocol === 'TCP');
  if (first === undefined) {
    const hint = 'Add a port to the container, or set the port of the probe.';
    report({
      code: 'MISSING_PROP',
      path: 'port',
      message: 'Required value: the container has no TCP port',
      hint,
    });
  }
  return first;
}
