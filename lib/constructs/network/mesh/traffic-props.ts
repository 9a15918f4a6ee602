import { parseDuration } from '../../../kube/duration';
import type { Reporter } from '../../core/problems';
import type { Shape } from '../../core/shape';
import { anyOf, list, number, record, text } from '../../core/shapes';
import type { NamedPort } from '../../workloads/container/ports';
import type { Peer } from '../peer';

/** How often a call is tried again. */
export interface CallRetries {
  /** How often at most, after the first time. */
  readonly attempts: number;
  /** How long each try may take: `300ms`. @default no limit of its own */
  readonly timeout?: string;
  /** Status codes after which it is tried again, as after a lost connection. @default 502, 503 and 504 */
  readonly on?: readonly number[];
}

/** A workload with its share of the calls. */
export interface CallBackend {
  /** A workload with a Service. */
  readonly service: Peer & { readonly host: string; readonly ports: readonly NamedPort[] };
  /** Its share of 100. The workload itself gets what is left. */
  readonly weight: number;
}

/** What happens with calls of others in the mesh, over HTTP or gRPC. */
export interface MeshTraffic {
  /** Name of the port that they lead to. @default the first */
  readonly port?: string;
  /** How long a call may take, with all tries: `10s`. @default no limit */
  readonly timeout?: string;
  /** How often a call is tried again, and when. @default the mesh's own: twice under Istio, never under Linkerd */
  readonly retries?: number | CallRetries;
  /** Others that get a share of the calls: `to: [{ service: canary, weight: 10 }]`. @default the workload gets all */
  readonly to?: readonly CallBackend[];
}

/** The calls of one workload, with what was left out. */
export interface Calls extends Pick<MeshTraffic, 'timeout'> {
  /** Those that get a share, each with the ports of its Service. */
  readonly to: readonly (CallBackend & { readonly ports: readonly NamedPort[] })[];
  readonly retries:
    (Required<Pick<CallRetries, 'attempts' | 'on'>> & Pick<CallRetries, 'timeout'>) | undefined;
  readonly port: NamedPort;
  /** The share that is left for the workload itself. */
  readonly own: number;
}

const BACKEND: Shape<CallBackend> = record<CallBackend>(
  {
    service: {
      expected: 'a workload with a Service',
      takes: (value) =>
        typeof value === 'object' && value !== null && ['node', 'host', 'ports'].every((key) => key in value),
    },
    weight: number,
  },
  { expected: '{ service, weight }' },
);

export const MESH_TRAFFIC = record<MeshTraffic>(
  {
    port: text,
    timeout: text,
    retries: anyOf<number | CallRetries>([
      number,
      record<CallRetries>({ attempts: number, timeout: text, on: list(number) }),
    ]),
    to: list(BACKEND),
  },
  { example: "{ timeout: '2s', retries: 3 }" },
);

/** Reports values that no mesh takes. */
export function checkTraffic({ timeout, retries, to = [] }: MeshTraffic, here: Reporter): boolean {
  let isFine = true;
  const refuse = (path: string, message: string): void => {
    isFine = false;
    here({ code: 'INVALID_PROP', path, message });
  };
  const perTry = typeof retries === 'object' ? retries.timeout : undefined;
  for (const [path, value] of [
    ['timeout', timeout],
    ['retries.timeout', perTry],
  ] as const)
    if (value !== undefined && !/^([0-9]{1,5}(h|m|s|ms)){1,4}$/.test(value))
      refuse(path, `Invalid value: "${value}": expected a duration such as 10s or 300ms`);
  if (
    perTry !== undefined &&
    timeout !== undefined &&
    (parseDuration(perTry) ?? 0) > (parseDuration(timeout) ?? 0)
  )
    refuse(
      'retries.timeout',
      `Invalid value: "${perTry}": must not be longer than the timeout of ${timeout}`,
    );
  const attempts = typeof retries === 'object' ? retries.attempts : retries;
  if (attempts !== undefined && (!Number.isInteger(attempts) || attempts < 0))
    refuse('retries', `Invalid value: ${attempts}: must be an integer that is not negative`);
  const codes = typeof retries === 'object' ? (retries.on ?? []) : [];
  for (const code of codes.filter((each) => !Number.isInteger(each) || each < 400 || each > 599))
    refuse('retries.on', `Invalid value: ${code}: must be a status code from 400 to 599`);
  if (typeof retries === 'object' && (attempts as unknown) === undefined)
    refuse('retries.attempts', 'Required value: how often a call is tried again');
  for (const [index, each] of to.entries())
    if ((each.service as unknown) === undefined)
      refuse(`to[${index}].service`, 'Required value: the workload that gets the share');
  const weights = to.map(({ weight }) => weight);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (weights.some((weight) => !Number.isInteger(weight) || weight < 0) || sum > 100)
    refuse('to', 'Invalid value: weights must be whole numbers of which the sum is at most 100');
  return isFine;
}
