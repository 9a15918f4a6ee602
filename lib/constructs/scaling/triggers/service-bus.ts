import { asIs } from '../../core/fields';
import type { Reporter } from '../../core/problems';
import { text } from '../../core/shapes';
import type { Authenticated, TriggerKind } from './kind';
import { asActivation, asTarget, mayGive, triggerKind } from './kind';
import { isIdentity } from './auth';

/** The messages of a queue, or of the subscription of a topic, of Azure Service Bus. */
export interface ServiceBusTrigger extends Authenticated {
  /** Name of the queue. @default none: a topic is counted */
  readonly queue?: string;
  /** Name of the topic. @default none: a queue is counted */
  readonly topic?: string;
  /** Name of the subscription of the topic. @default none: a queue is counted */
  readonly subscription?: string;
  /** Messages for each pod. */
  readonly length: number;
  /** Name of the namespace of Service Bus, which an identity needs. @default that of the connection string */
  readonly namespace?: string;
  /** Messages above which there are pods at all. @default 0 */
  readonly activation?: number;
}

/** Source: the documentation of KEDA's scaler `azure-servicebus`, and Validate in `pkg/scalers/azure_servicebus_scaler.go`. */
export const serviceBus: TriggerKind<ServiceBusTrigger> = triggerKind<ServiceBusTrigger>({
  type: 'azure-servicebus',
  fields: {
    queue: asIs('queueName', text),
    topic: asIs('topicName', text),
    subscription: asIs('subscriptionName', text),
    length: asTarget('messageCount', {}, { whole: true }),
    namespace: asIs('namespace', text),
    activation: asActivation('activationMessageCount'),
  },
  required: { length: '5' },
  parameters: ['connection'],
  check: checkServiceBus,
});

function checkServiceBus(props: ServiceBusTrigger, report: Reporter): void {
  const { queue, topic, subscription, namespace, auth } = props;
  if ((queue === undefined) === (topic === undefined))
    report({ code: 'INVALID_PROP', message: 'exactly one of queue and topic is required' });
  else if ((topic === undefined) !== (subscription === undefined))
    report({
      code: topic === undefined ? 'INVALID_PROP' : 'MISSING_PROP',
      path: 'subscription',
      message:
        topic === undefined
          ? 'Forbidden: only a topic has subscriptions'
          : 'Required value: the messages of a topic are those of a subscription',
    });
  if (auth === undefined || (!isIdentity(auth) && !mayGive(auth, 'connection')))
    report({
      code: 'MISSING_PROP',
      path: 'auth',
      message: 'Required value: the trigger needs a connection string or an identity',
      hint: "Set `auth: { connection: login.key('connection') }`, or `auth: { identity: 'keda' }` and `namespace`.",
    });
  else if (isIdentity(auth) && namespace === undefined)
    report({
      code: 'MISSING_PROP',
      path: 'namespace',
      message: 'Required value: an identity needs the namespace of Service Bus',
    });
}
