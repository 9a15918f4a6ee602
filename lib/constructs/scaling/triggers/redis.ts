import type { Fields } from '../../core/fields';
import { asInteger, asIs } from '../../core/fields';
import type { Reporter } from '../../core/problems';
import { flag, text } from '../../core/shapes';
import type { Authenticated, TriggerKind, TriggerRange } from './kind';
import { asActivation, asTarget, triggerKind } from './kind';

/** A server of Redis. */
export interface RedisServer extends Authenticated {
  /** Host and port: `redis.shop:6379`. @default the parameter `address` of `auth` */
  readonly address?: string;
  /** Number of the database. @default 0 */
  readonly database?: number;
  /** Whether connections are encrypted. @default false */
  readonly tls?: boolean;
}

const SERVER: Fields<Omit<RedisServer, 'auth'>> = {
  address: asIs('address', text),
  database: asInteger('databaseIndex', 0),
  tls: asIs('enableTLS', flag),
};
const ADDRESS = { address: "'redis.shop:6379'" } as const;
const FROM_AUTH = { address: 'address' } as const;
const PARAMETERS = [
  'address',
  'host',
  'port',
  'username',
  'password',
  'tls',
  'ca',
  'cert',
  'key',
  'keyPassword',
];

/** The length of a list of Redis. */
export interface RedisTrigger extends RedisServer {
  /** Name of the list. */
  readonly list: string;
  /** Entries of the list for each pod. */
  readonly length: number;
  /** Entries above which there are pods at all. @default 0 */
  readonly activation?: number;
}

/** Source: the documentation of KEDA's scaler `redis`, and `pkg/scalers/redis_scaler.go`. */
export const redis: TriggerKind<RedisTrigger> = triggerKind<RedisTrigger>({
  type: 'redis',
  fields: {
    ...SERVER,
    list: asIs('listName', text),
    length: asTarget('listLength', {}, { whole: true }),
    activation: asActivation('activationListLength'),
  },
  required: { ...ADDRESS, list: "'orders'", length: '20' },
  fromAuth: FROM_AUTH,
  parameters: PARAMETERS,
  check: ({ address }, report) => checkAddress(address, report),
});

/** The entries of a stream of Redis. Exactly one of `lag`, `pending` and `length` says which are counted. */
export interface RedisStreamTrigger extends RedisServer {
  /** Name of the stream. */
  readonly stream: string;
  /** Name of the consumer group, which `lag` and `pending` need. @default none */
  readonly group?: string;
  /** Entries that the group is behind, for each pod (Redis 7 and later). @default not counted */
  readonly lag?: number;
  /** Entries that the group has read and not acknowledged, for each pod. @default not counted */
  readonly pending?: number;
  /** Entries of the stream for each pod. @default not counted */
  readonly length?: number;
  /** Lag above which there are pods at all. @default 0 */
  readonly activation?: number;
}

/** Source: the documentation of KEDA's scaler `redis-streams`, and Validate in `pkg/scalers/redis_streams_scaler.go`. */
export const redisStream: TriggerKind<RedisStreamTrigger> = triggerKind<RedisStreamTrigger>({
  type: 'redis-streams',
  fields: {
    ...SERVER,
    stream: asIs('stream', text),
    group: asIs('consumerGroup', text),
    lag: asTarget('lagCount', {}, { whole: true }),
    pending: asTarget('pendingEntriesCount', {}, { whole: true }),
    length: asTarget('streamLength', {}, { whole: true }),
    activation: asActivation('activationLagCount'),
  },
  required: { ...ADDRESS, stream: "'orders'" },
  fromAuth: FROM_AUTH,
  parameters: PARAMETERS,
  check: checkStream,
});

/** A group is all that KEDA looks at to choose what it counts, and of `lag` and `pending` it takes the lag. */
function checkStream(props: RedisStreamTrigger, report: Reporter, range: TriggerRange): void {
  const { address, group, lag, pending, length } = props;
  checkAddress(address, report);
  const counted = [lag, pending, length].filter((each) => each !== undefined);
  if (counted.length !== 1)
    report({ code: 'INVALID_PROP', message: 'exactly one of lag, pending and length is required' });
  else if (length === undefined && group === undefined)
    report({
      code: 'MISSING_PROP',
      path: 'group',
      message: `Required value: ${lag === undefined ? 'pending' : 'lag'} is that of a consumer group`,
    });
  else if (length !== undefined && group !== undefined)
    report({
      code: 'INVALID_PROP',
      path: 'group',
      message: 'Forbidden: KEDA counts the pending entries of a group, not the length of the stream',
      hint: 'Remove it, or set `lag` or `pending` instead of `length`.',
    });
  if (range.scalesToZero && !range.isJob && counted.length === 1 && lag === undefined)
    report({
      code: 'INVALID_PROP',
      path: pending === undefined ? 'length' : 'pending',
      message:
        pending === undefined
          ? 'Invalid value: a stream keeps its entries, so it never scales to zero'
          : 'Invalid value: nothing is pending while there are no pods, so it never scales up from zero',
      hint: 'Set `lag` instead, or `min` to at least 1.',
    });
}

function checkAddress(address: string | undefined, report: Reporter): void {
  if (address === undefined || /^[^\s/]+:\d+$/.test(address)) return;
  report({
    code: 'INVALID_PROP',
    path: 'address',
    message: `Invalid value: "${address}": expected a host and port`,
    hint: "Addresses look like 'redis.shop:6379'.",
  });
}
