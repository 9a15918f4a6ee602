import type { ClusterStatus, PodStatus } from '../../cluster/status/types';
import type { Format } from '../format';
import { hideLines, redactText } from '../redact/text';
import { json } from './json';
import type { StatusPrinter } from './report';
import { text } from './text';

/** No printer gets what looks like a secret: a container may have written it before it ended. */
function redacted(print: StatusPrinter): StatusPrinter {
  return (report, paint) => print({ ...report, status: redactStatus(report.status) }, paint);
}

function redactStatus({ workloads, forbidden }: ClusterStatus): ClusterStatus {
  return {
    workloads: workloads.map((workload) => ({
      ...redactReason(workload),
      pods: workload.pods.map(redactPod),
    })),
    forbidden,
  };
}

function redactPod(pod: PodStatus): PodStatus {
  const { log } = pod;
  return { ...redactReason(pod), ...(log !== undefined && { log: hideLines(log, redactText) }) };
}

function redactReason<T extends { readonly reason?: string }>(told: T): T {
  return told.reason === undefined ? told : { ...told, reason: redactText(told.reason) };
}

/** Every format of `seaworthy status`, the default one first. */
export const STATUS_FORMATS: readonly [Format<StatusPrinter>, ...Format<StatusPrinter>[]] = [
  { name: 'text', about: 'people: a line a workload and a line a pod', print: redacted(text) },
  { name: 'json', about: 'programs, with stable field names', print: redacted(json) },
];
