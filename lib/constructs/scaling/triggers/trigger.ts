import type { ClusterProfile } from '../../../profiles/cluster-profile';
import type { Reporter } from '../../core/problems';
import { below } from '../../core/problems';
import { optional } from '../../core/props';
import { forms, record } from '../../core/shapes';
import type { TriggerAuth } from './auth';
import type { CronTrigger } from './cron';
import { cron } from './cron';
import type { KafkaTrigger } from './kafka';
import { kafka } from './kafka';
import type { AnyTriggerKind, Authenticated, TriggerKind, TriggerRange } from './kind';
import { stringsOf } from './kind';
import type { OtherTrigger } from './other';
import { checkOther, OTHER } from './other';
import type { PostgresqlTrigger } from './postgresql';
import { postgresql } from './postgresql';
import type { PrometheusTrigger } from './prometheus';
import { prometheus } from './prometheus';
import type { RabbitmqTrigger } from './rabbitmq';
import { rabbitmq } from './rabbitmq';
import type { RedisStreamTrigger, RedisTrigger } from './redis';
import { redis, redisStream } from './redis';
import type { ServiceBusTrigger } from './service-bus';
import { serviceBus } from './service-bus';
import type { SqsTrigger } from './sqs';
import { sqs } from './sqs';

/** What the number of pods follows, by the kind of its source; any scaler of KEDA by `type` and `metadata`. */
export type Trigger =
  | { readonly cron: CronTrigger }
  | { readonly kafka: KafkaTrigger }
  | { readonly postgresql: PostgresqlTrigger }
  | { readonly prometheus: PrometheusTrigger }
  | { readonly rabbitmq: RabbitmqTrigger }
  | { readonly redis: RedisTrigger }
  | { readonly redisStream: RedisStreamTrigger }
  | { readonly serviceBus: ServiceBusTrigger }
  | { readonly sqs: SqsTrigger }
  | OtherTrigger;

/** The triggers whose props have types. */
const KINDS: Readonly<Record<string, AnyTriggerKind>> = {
  cron,
  kafka,
  postgresql,
  prometheus,
  rabbitmq,
  redis,
  redisStream,
  serviceBus,
  sqs,
};

/** KEDA's names of them. */
const WORDS = {
  'aws-sqs-queue': '`{ sqs: … }`',
  'azure-servicebus': '`{ serviceBus: … }`',
  'redis-streams': '`{ redisStream: … }`',
  metadata: '`{ type, metadata }`',
};

export const TRIGGER = forms<Trigger>(
  {
    ...Object.fromEntries(
      Object.entries(KINDS).map(([mark, { shape }]) => [mark, record({ [mark]: shape })]),
    ),
    type: OTHER,
  },
  WORDS,
);

/** A trigger, whichever form it has. */
interface ReadTrigger {
  /** Prefix of the paths of its props: `rabbitmq`; '' for one by type. */
  readonly at: string;
  /** For the name of its authentication. */
  readonly word: string;
  readonly auth: TriggerAuth | undefined;
  /** What its authentication may give; empty where that is not known. */
  readonly parameters: readonly string[];
  /** `type` and `metadata` in KEDA's words. */
  readonly render: (report: Reporter, range: TriggerRange) => Readonly<Record<string, unknown>>;
}

/** What one of `on` is, in a cluster with a profile. */
export function readTrigger(trigger: Trigger, profile: ClusterProfile): ReadTrigger {
  const [at = ''] = Object.keys(trigger);
  const kind = Object.hasOwn(KINDS, at) ? (KINDS[at] as TriggerKind<Authenticated> | undefined) : undefined;
  if (kind === undefined) return readOther(trigger as OtherTrigger);
  const given = (trigger as Readonly<Record<string, Authenticated>>)[at] ?? {};
  const props = { ...kind.defaults(profile), ...said(given) };
  const type = kind.type(props);
  return {
    at,
    word: type,
    auth: props.auth,
    parameters: kind.parameters,
    render: (report, range) => {
      const metadata = kind.metadata(props, below(at, report), range);
      checkLiterals(metadata, below(at, report));
      return { type, metadata };
    },
  };
}

function said(props: object): object {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined));
}

function readOther(trigger: OtherTrigger): ReadTrigger {
  const { type, name, metricType, auth } = trigger;
  return {
    at: '',
    word: type,
    auth,
    parameters: [],
    render: (report) => {
      checkOther(trigger, report);
      const metadata = stringsOf((trigger as Partial<OtherTrigger>).metadata ?? {});
      checkLiterals(metadata, below('metadata', report));
      return { type, ...optional('name', name), ...optional('metricType', metricType), metadata };
    },
  };
}

/** A URL with a password. */
const LOGIN = /^[a-z][a-z+.-]*:\/\/[^/@\s:]*:[^/@\s]+@/i;

/** Reports passwords: metadata is no Secret. */
function checkLiterals(metadata: Readonly<Record<string, string>>, report: Reporter): void {
  for (const [key, value] of Object.entries(metadata))
    if (LOGIN.test(value))
      report({
        code: 'LITERAL_SECRET',
        path: key,
        message: 'the URL holds a password, which would be written to the rendered file',
        hint: `Give it by \`auth: { ${key}: login.key('${key}') }\`.`,
      });
}
