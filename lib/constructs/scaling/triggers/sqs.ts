import { asIs } from '../../core/fields';
import type { Reporter } from '../../core/problems';
import { flag, text } from '../../core/shapes';
import type { Authenticated, TriggerKind } from './kind';
import { asActivation, asTarget, triggerKind } from './kind';

/** The messages of an SQS queue of AWS. */
export interface SqsTrigger extends Authenticated {
  /** URL of the queue: `https://sqs.eu-west-1.amazonaws.com/111122223333/orders`. */
  readonly queue: string;
  /** Messages in the queue for each pod. */
  readonly length: number;
  /** Region of the queue. @default that of the URL */
  readonly region?: string;
  /** Messages above which there are pods at all. @default 0 */
  readonly activation?: number;
  /** Whether messages count that are being processed. @default true */
  readonly inFlight?: boolean;
  /** Whether delayed messages count. @default false */
  readonly delayed?: boolean;
}

/** Source: the documentation of KEDA's scaler `aws-sqs-queue`, and `pkg/scalers/aws_sqs_queue_scaler.go`. */
export const sqs: TriggerKind<SqsTrigger> = triggerKind<SqsTrigger>({
  type: 'aws-sqs-queue',
  fields: {
    queue: {
      shape: text,
      field: 'queueURL',
      render: (queueURL) => ({ queueURL, awsRegion: regionOf(queueURL) }),
    },
    length: asTarget('queueLength', {}, { whole: true }),
    region: asIs('awsRegion', text),
    activation: asActivation('activationQueueLength'),
    inFlight: asIs('scaleOnInFlight', flag),
    delayed: asIs('scaleOnDelayed', flag),
  },
  required: { queue: "'https://sqs.eu-west-1.amazonaws.com/111122223333/orders'", length: '5' },
  parameters: ['awsAccessKeyID', 'awsSecretAccessKey', 'awsSessionToken', 'awsRoleArn', 'awsRegion'],
  check: checkSqs,
});

function regionOf(url: string): string | undefined {
  return /^https?:\/\/sqs\.([a-z0-9-]+)\./.exec(url)?.[1];
}

function checkSqs({ queue, region }: SqsTrigger, report: Reporter): void {
  if (typeof queue !== 'string' || region !== undefined || regionOf(queue) !== undefined) return;
  report({
    code: 'MISSING_PROP',
    path: 'region',
    message: `Required value: the URL "${queue}" names no region`,
    hint: "Set `region: 'eu-west-1'`.",
  });
}
