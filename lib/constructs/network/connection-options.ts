import type { IConstruct } from 'constructs';
import { portProblem } from '../../kube/ports';
import { report } from '../core/problems';
import type { Shape } from '../core/shape';
import { anyOf, list, number, record, text } from '../core/shapes';
import type { NamedPort } from '../workloads/container/ports';
import type { ConnectionEnd } from './ends';
import { CONNECTION_END } from './ends';
import type { Peer } from './peer';
import type { ConnectionRule } from './referenced';

/** A port that a connection leads to: by number, or by its name on the other side. */
export type ConnectionPort = number | string;

/** What a connection leads to. */
export interface ConnectionOptions {
  /** Ports by number or name. @default all ports of the other side */
  readonly port?: ConnectionPort | readonly ConnectionPort[];
}

/** Ports of a rule. */
export type RulePorts = NonNullable<ConnectionRule['ports']>;

const PEER: Shape<Peer> = {
  expected: 'a workload',
  takes: (value) => typeof value === 'object' && value !== null && 'matchLabels' in value && 'node' in value,
};

/** Whether an end of a connection is pods of the app. */
export function isPeer(end: Peer | ConnectionEnd): end is Peer {
  return PEER.takes(end);
}

export const END = anyOf<Peer | ConnectionEnd>([PEER, CONNECTION_END]);

const connectionPort = anyOf<ConnectionPort>([number, text]);

export const OPTIONS = record<ConnectionOptions>(
  { port: anyOf<ConnectionPort | readonly ConnectionPort[]>([connectionPort, list(connectionPort)]) },
  { example: '{ port: 5432 }' },
);

/** `ports` of a NetworkPolicy rule: those of `wanted`, or all that the other side has. */
export function renderConnectionPorts(
  from: IConstruct,
  ports: readonly NamedPort[],
  wanted: ConnectionPort | readonly ConnectionPort[] | undefined,
): RulePorts {
  const chosen = wanted === undefined ? ports.map(({ name }) => name) : [wanted].flat();
  if (chosen.length === 0) {
    const hint = 'Set the port: `connectsTo(other, { port: 5432 })`.';
    report(from, {
      code: 'MISSING_PROP',
      path: 'connectsTo',
      message: 'Required value: the other side has no ports',
      hint,
    });
  }
  return chosen.map((wish) => {
    const port = ports.find(({ name, port: number }) => name === wish || number === wish);
    if (port !== undefined) return { protocol: port.protocol ?? 'TCP', port: port.port };
    const wrong = typeof wish === 'number' ? portProblem(wish) : `unknown port "${wish}"`;
    if (wrong !== undefined) report(from, { code: 'INVALID_PORT', path: 'connectsTo', message: wrong });
    return { protocol: 'TCP', port: wish };
  });
}

/** DNS, without which no name is resolved (Kubernetes: DNS for Services and Pods). */
export const DNS_RULE: ConnectionRule = {
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
};
