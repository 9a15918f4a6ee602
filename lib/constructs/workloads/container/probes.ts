import { oneOf } from '../../../errors';
import { httpHeaderName } from '../../../kube/names';
import { portProblem } from '../../../kube/ports';
import type { Reporter } from '../../core/problems';
import { below } from '../../core/problems';
import type { Keys } from '../../core/props';
import { checkKeys, isRecord, nonEmpty, oneOfKnown, optional, shown, wholeNumber } from '../../core/props';
import type { NamedPort } from './ports';

/** A port by number or by the name that the container gave it. */
export type PortRef = number | string;

/** When and how often to ask, in seconds and in answers. */
export interface ProbeTiming {
  /** Seconds after the start of the container. @default 0 */
  readonly initialDelay?: number;
  /** Seconds between two questions. @default 10, as the API server fills in */
  readonly period?: number;
  /** Seconds to wait for an answer. @default 1, as the API server fills in */
  readonly timeout?: number;
  /** Good answers that count as well, after a bad one. @default 1 */
  readonly successThreshold?: number;
  /** Bad answers in a row that count as ill. @default 3, as the API server fills in */
  readonly failureThreshold?: number;
  /** Seconds that the container gets to end when the probe stops it. @default that of the pod */
  readonly terminationGracePeriod?: number;
}

/** Asks by HTTP: well is any status from 200 to 399. */
export interface HttpAction {
  /** Path to ask for: `/healthz`. */
  readonly http: string;
  /** @default the container's first TCP port */
  readonly port?: PortRef;
  /** @default 'HTTP' */
  readonly scheme?: 'HTTP' | 'HTTPS';
  /** @default the pod's address */
  readonly host?: string;
  /** Headers by name. @default none */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Opens a TCP connection. `true` is the container's first TCP port. */
export interface TcpAction {
  readonly tcp: PortRef | true;
  /** @default the pod's address */
  readonly host?: string;
}

/** Asks the gRPC health service. `true` is the container's first TCP port. */
export interface GrpcAction {
  readonly grpc: number | true;
  /** @default the whole server */
  readonly service?: string;
}

/** Runs a command in the container: well is exit code 0. */
export interface CommandAction {
  readonly command: readonly string[];
}

/** One question to the container, and its timing. */
export type Probe = (HttpAction | TcpAction | GrpcAction | CommandAction) & ProbeTiming;

/** A question for each purpose. */
export interface Probes {
  /** Whether the pod gets traffic. */
  readonly readiness?: Probe;
  /** Whether the container must be restarted. */
  readonly liveness?: Probe;
  /** Whether the container has started; until then the others wait. */
  readonly startup?: Probe;
}

const PROBES_KEYS: Keys<Probes> = { readiness: true, liveness: true, startup: true };
const TIMING_KEYS: Keys<ProbeTiming> = {
  initialDelay: true,
  period: true,
  timeout: true,
  successThreshold: true,
  failureThreshold: true,
  terminationGracePeriod: true,
};
/** The props of each action, by the prop that tells it from the others. */
const ACTIONS = {
  http: { http: true, port: true, scheme: true, host: true, headers: true } satisfies Keys<HttpAction>,
  tcp: { tcp: true, host: true } satisfies Keys<TcpAction>,
  grpc: { grpc: true, service: true } satisfies Keys<GrpcAction>,
  command: { command: true } satisfies Keys<CommandAction>,
  sleep: { sleep: true } as const,
};

type Action = keyof typeof ACTIONS;

/** The props that may stand with each of some actions. */
export type ActionKeys = Readonly<Partial<Record<Action, Readonly<Record<string, true>>>>>;

/** The props of each of `actions`, and `more`. */
export function actionKeys(
  actions: readonly Action[],
  more: Readonly<Record<string, true>> = {},
): ActionKeys {
  return Object.fromEntries(actions.map((action) => [action, { ...ACTIONS[action], ...more }]));
}

const PROBE_KEYS = actionKeys(['http', 'tcp', 'grpc', 'command'], TIMING_KEYS);

/**
 * What one question becomes: it decides on traffic at once, on a restart with twice the usual patience, and a start
 * may take five minutes before either counts.
 */
const PATIENCE = { liveness: 6, startup: { period: 5, failureThreshold: 60 } };

/** The probes of a container; a single question serves all three purposes. */
export function renderProbes(probe: Probe | Probes, ports: readonly NamedPort[], report: Reporter): object {
  if (isSingle(probe)) return renderSingle(probe, ports, report);
  checkKeys(probe, PROBES_KEYS, report);
  const render = (name: keyof Probes): object | undefined => {
    const asked = probe[name];
    if (asked === undefined) return undefined;
    const telling = below(name, report);
    checkPurpose(name, asked, telling);
    return renderProbe(asked, ports, telling);
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
    report({ code: 'INVALID_PROP', path: 'successThreshold', message: `must be 1 for a ${name} probe` });
  if (name === 'readiness' && terminationGracePeriod !== undefined) {
    const message = 'a readiness probe ends no container';
    report({ code: 'INVALID_PROP', path: 'terminationGracePeriod', message });
  }
}

/** Whether it is one question rather than a question for each purpose. */
export function isSingle(probe: Probe | Probes): probe is Probe {
  return isRecord(probe) && Object.keys(PROBE_KEYS).some((action) => action in probe);
}

function renderProbe(probe: Probe, ports: readonly NamedPort[], report: Reporter): object {
  checkAction(probe, PROBE_KEYS, report);
  const seconds = (key: keyof ProbeTiming, least: number): number | undefined =>
    wholeNumber(probe[key], key, least, report);
  return {
    initialDelaySeconds: seconds('initialDelay', 0),
    periodSeconds: seconds('period', 1),
    timeoutSeconds: seconds('timeout', 1),
    successThreshold: seconds('successThreshold', 1),
    failureThreshold: seconds('failureThreshold', 1),
    terminationGracePeriodSeconds: seconds('terminationGracePeriod', 1),
    ...renderAction(probe, ports, report),
  };
}

/** Tells of anything but one action of `keys`, and of props that do not go with it. */
export function checkAction(action: object, keys: ActionKeys, report: Reporter): void {
  const actions = Object.keys(keys) as Action[];
  const [first, second] = actions.filter((name) => name in action);
  if (first === undefined) {
    const message = `there is nothing to do; expected ${oneOf(actions)}`;
    report({ code: 'MISSING_PROP', message });
  } else if (second !== undefined) {
    report({
      code: 'INVALID_PROP',
      path: second,
      message: `there is "${first}" already; only one of them can be`,
    });
  } else {
    checkKeys(action, keys[first] ?? {}, report);
  }
}

/** An action as the API has it: `httpGet`, `tcpSocket`, `grpc` or `exec`. */
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
  if ((command as unknown) !== undefined && (!Array.isArray(command) || command.length === 0)) {
    const hint = "Say it as a list: `command: ['pg_isready']`.";
    report({ code: 'INVALID_PROP', path: 'command', message: `${shown(command)} is no command`, hint });
  }
  return { exec: { command } };
}

function renderHttp(action: HttpAction, ports: readonly NamedPort[], report: Reporter): object {
  const { http: path, scheme, host, headers = {} } = action;
  if (path === '') report({ code: 'INVALID_PROP', path: 'http', message: 'a path is not empty: `/healthz`' });
  oneOfKnown(scheme, ['HTTP', 'HTTPS'], 'scheme', report);
  const httpHeaders = Object.entries(headers).map(([name, value]) => ({ name, value }));
  for (const { name } of httpHeaders) {
    const wrong = httpHeaderName(name);
    if (wrong !== undefined)
      report({ code: 'INVALID_NAME', path: `headers.${name}`, message: `"${name}" is no header: ${wrong}` });
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

/** The first port that can be asked: a datagram has no answer to wait for. */
function firstPort(ports: readonly NamedPort[], report: Reporter): NamedPort | undefined {
  const first = ports.find(({ protocol = 'TCP' }) => protocol === 'TCP');
  if (first === undefined) {
    const hint = 'Give the container a port, or name the port in the probe.';
    report({ code: 'MISSING_PROP', path: 'port', message: 'there is no port to ask at', hint });
  }
  return first;
}
