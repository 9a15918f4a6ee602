import { nearest } from '../../../errors';
import type { Reporter } from '../../core/problems';
import { shown } from '../../core/props';
import { anyOf, choice, flag, mapOf, number, record, text } from '../../core/shapes';
import { AUTH } from './auth';
import type { Authenticated } from './kind';

/** Any scaler of KEDA, in KEDA's own words. */
export interface OtherTrigger extends Authenticated {
  /** Name of the scaler: `nats-jetstream`. */
  readonly type: string;
  /** Its metadata; numbers, and true and false, become strings. */
  readonly metadata: Readonly<Record<string, string | number | boolean>>;
  /** Name of the trigger, for formulas. @default none */
  readonly name?: string;
  /** What the target is compared with. @default 'AverageValue', set by KEDA; 'Utilization' for cpu and memory */
  readonly metricType?: 'AverageValue' | 'Value' | 'Utilization';
}

export const OTHER = record<OtherTrigger>(
  {
    type: text,
    metadata: mapOf(anyOf<string | number | boolean>([text, number, flag])),
    name: text,
    metricType: choice(['AverageValue', 'Value', 'Utilization']),
    auth: AUTH,
  },
  { example: "{ type: 'nats-jetstream', metadata: { … } }" },
);

/**
 * The scalers of KEDA 2.21. A name that is close to one of them and none itself is a typing error; others may be newer.
 *
 * Source: buildScaler in `pkg/scaling/scalers_builder.go`.
 */
const SCALERS: readonly string[] =
  'activemq apache-kafka arangodb artemis-queue aws-cloudwatch aws-dynamodb aws-dynamodb-streams aws-kinesis-stream aws-sqs-queue azure-app-insights azure-blob azure-data-explorer azure-eventhub azure-log-analytics azure-monitor azure-pipelines azure-queue azure-servicebus beanstalkd cassandra clickhouse couchdb cpu cron datadog dynatrace elastic-forecast elasticsearch etcd external external-push forgejo-runner gcp-cloudtasks gcp-pubsub gcp-spanner gcp-stackdriver gcp-storage github-runner graphite huawei-cloudeye ibmmq influxdb kafka kubernetes-resource kubernetes-workload liiklus loki memory metrics-api mongodb mssql mysql nats-jetstream new-relic nsq opensearch openstack-metric openstack-swift postgresql predictkube prometheus pulsar rabbitmq redis redis-cluster redis-cluster-streams redis-sentinel redis-sentinel-streams redis-streams selenium-grid solace-direct-messaging solace-event-queue solarwinds solr splunk splunk-observability stan sumologic temporal'.split(
    ' ',
  );

export const RESOURCES: readonly string[] = ['cpu', 'memory'];

export function checkOther({ type, metadata }: Partial<OtherTrigger>, report: Reporter): void {
  if (metadata === undefined)
    report({ code: 'MISSING_PROP', path: 'metadata', message: 'Required value: the trigger needs metadata' });
  if (type === undefined || SCALERS.includes(type)) return;
  const near = nearest(type, SCALERS);
  if (type !== '' && near === undefined) return;
  const message = `Invalid value: ${shown(type)}: KEDA has no such scaler`;
  const hint = near === undefined ? {} : { hint: `Did you mean "${near}"?` };
  report({ code: 'INVALID_PROP', path: 'type', message, ...hint });
}
