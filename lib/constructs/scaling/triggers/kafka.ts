import { asIs, asOneOf } from '../../core/fields';
import type { Reporter } from '../../core/problems';
import { anyOf, flag, list, text } from '../../core/shapes';
import type { Authenticated, TriggerKind } from './kind';
import { asActivation, asTarget, triggerKind } from './kind';

/** The lag of a Kafka consumer group. There are no more pods than partitions, unless `idleConsumers` is set. */
export interface KafkaTrigger extends Authenticated {
  /** Brokers, as host and port: `kafka.shop:9092`. */
  readonly servers: string | readonly string[];
  /** Name of the consumer group. */
  readonly group: string;
  /** Name of the topic. @default all topics of the group */
  readonly topic?: string;
  /** Messages that the group is behind, for each pod. */
  readonly lag: number;
  /** Messages above which there are pods at all. @default 0 */
  readonly activation?: number;
  /** Where a group without an offset begins. @default 'latest' */
  readonly offsetReset?: 'latest' | 'earliest';
  /** Whether there may be more pods than partitions. @default false */
  readonly idleConsumers?: boolean;
  /** How the client logs in; its name and password are parameters of `auth`. @default none */
  readonly sasl?: 'plaintext' | 'scram_sha256' | 'scram_sha512' | 'oauthbearer' | 'gssapi';
  /** Whether connections are encrypted. @default false */
  readonly tls?: boolean;
}

/** Source: the documentation of KEDA's scaler `kafka`, and Validate in `pkg/scalers/kafka_scaler.go`. */
export const kafka: TriggerKind<KafkaTrigger> = triggerKind<KafkaTrigger>({
  type: 'kafka',
  fields: {
    servers: asIs('bootstrapServers', anyOf<string | readonly string[]>([text, list(text)])),
    group: asIs('consumerGroup', text),
    topic: asIs('topic', text),
    lag: asTarget('lagThreshold', {}, { whole: true }),
    activation: asActivation('activationLagThreshold'),
    offsetReset: asOneOf('offsetResetPolicy', ['latest', 'earliest']),
    idleConsumers: asIs('allowIdleConsumers', flag),
    sasl: asOneOf('sasl', ['plaintext', 'scram_sha256', 'scram_sha512', 'oauthbearer', 'gssapi']),
    tls: { shape: flag, field: 'tls', render: (value) => ({ tls: value ? 'enable' : 'disable' }) },
  },
  required: { servers: "'kafka.shop:9092'", group: "'orders'", lag: '50' },
  parameters: [
    ...['sasl', 'username', 'password', 'tls', 'ca', 'cert', 'key', 'keyPassword'],
    ...['oauthTokenEndpointUri', 'scopes', 'oauthExtensions', 'saslTokenProvider'],
    ...['realm', 'keytab', 'kerberosConfig', 'kerberosServiceName', 'kerberosDisableFAST'],
  ],
  check: checkKafka,
});

/** A server by which there is no port, and a login without a password, are refused when KEDA connects. */
function checkKafka({ servers, sasl, auth }: KafkaTrigger, report: Reporter): void {
  for (const server of [servers].flat())
    if (typeof server === 'string' && !/^[^\s/,]+:\d+(,[^\s/,]+:\d+)*$/.test(server))
      report({
        code: 'INVALID_PROP',
        path: 'servers',
        message: `Invalid value: "${server}": expected a host and port`,
        hint: "Servers look like 'kafka.shop:9092'.",
      });
  if (sasl !== undefined && auth === undefined)
    report({
      code: 'MISSING_PROP',
      path: 'auth',
      message: `Required value: sasl "${sasl}" needs credentials`,
      hint: "Set `auth: { username: login.key('username'), password: login.key('password') }`.",
    });
}
