import { telemetry } from '../observability/telemetry';
import { findPart } from '../workloads/trait';
import { podsIn } from './ends';
import type { Peer } from './peer';
import type { ConnectionRule } from './referenced';

/** The rule for the collector in the cluster to which the pods of a workload send telemetry. */
export function telemetryRules(workload: Peer): readonly ConnectionRule[] {
  const endpoint = findPart(workload, telemetry)?.endpoint;
  const found = /^\w+:\/\/[a-z0-9-]+\.([a-z0-9-]+)(?:\.svc(?:\.[a-z0-9.-]+)?)?:(\d+)/.exec(endpoint ?? '');
  if (found === null) return [];
  const [, namespace = '', port] = found;
  return [{ to: [podsIn({ namespace })], ports: [{ protocol: 'TCP', port: Number(port) }] }];
}
