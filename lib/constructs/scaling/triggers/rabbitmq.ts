import { asIs, asOneOf } from '../../core/fields';
import type { Reporter } from '../../core/problems';
import { text } from '../../core/shapes';
import type { Authenticated, TriggerKind } from './kind';
import { asActivation, asTarget, triggerKind } from './kind';

/** The messages of a RabbitMQ queue. */
export interface RabbitmqTrigger extends Authenticated {
  /** Name of the queue. */
  readonly queue: string;
  /** Messages in the queue for each pod. @default one of `length` and `rate` is required */
  readonly length?: number;
  /** Messages published a second for each pod; needs the management API, by HTTP. @default one of `length` and `rate` is required */
  readonly rate?: number;
  /** URL of the server without credentials: `amqp://rabbitmq.shop:5672/`. @default the parameter `host` of `auth` */
  readonly host?: string;
  /** Virtual host. @default that of the URL */
  readonly vhost?: string;
  /** Protocol of the URL. @default by the scheme of the URL */
  readonly protocol?: 'amqp' | 'http';
  /** Messages above which there are pods at all. @default 0 */
  readonly activation?: number;
}

/**
 * Source: the documentation of KEDA's scaler `rabbitmq`, and Validate in `pkg/scalers/rabbitmq_scaler.go`. `queueLength` is
 * deprecated for `mode` and `value`.
 */
export const rabbitmq: TriggerKind<RabbitmqTrigger> = triggerKind<RabbitmqTrigger>({
  type: 'rabbitmq',
  fields: {
    queue: asIs('queueName', text),
    length: asTarget('value', { mode: 'QueueLength' }),
    rate: asTarget('value', { mode: 'MessageRate' }),
    host: asIs('host', text),
    vhost: asIs('vhostName', text),
    protocol: asOneOf('protocol', ['amqp', 'http']),
    activation: asActivation('activationValue'),
  },
  required: { queue: "'orders'", host: "'amqp://rabbitmq.shop:5672/'" },
  fromAuth: { host: 'host' },
  parameters: ['host', 'username', 'password', 'vhostName', 'tls', 'ca', 'cert', 'key', 'keyPassword'],
  check: checkRabbitmq,
});

function checkRabbitmq({ length, rate, host, protocol }: RabbitmqTrigger, report: Reporter): void {
  if ((length === undefined) === (rate === undefined))
    report({ code: 'INVALID_PROP', message: 'exactly one of length and rate is required' });
  const scheme = /^(amqp|http)s?:/.exec(host ?? '')?.[1];
  if (host !== undefined && scheme === undefined)
    report({
      code: 'INVALID_PROP',
      path: 'host',
      message: `Invalid value: "${host}": expected a URL`,
      hint: "URLs look like 'amqp://rabbitmq.shop:5672/' or 'http://rabbitmq.shop:15672/'.",
    });
  if (rate !== undefined && (protocol ?? scheme) === 'amqp')
    report({
      code: 'INVALID_PROP',
      path: 'rate',
      message: 'Forbidden: only the management API knows the rate',
      hint: "Use its URL as `host`: 'http://rabbitmq.shop:15672/'.",
    });
}
