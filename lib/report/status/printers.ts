import type { ClusterStatus, PodStatus } from '../../cluster/status/types';
import type { Paint } from '../paint';
import { hideLines, redactText } from '../redact/text';
import { json } from './json';
import type { StatusReport } from './report';
import { text } from './text';

const PRINTERS = { text, json };

/** Prints a status in a format. No printer gets what looks like a secret: a container may have written it before it ended. */
export function printAs(format: keyof typeof PRINTERS, report: StatusReport, paint: Paint): string {
  return PRINTERS[format]({ ...report, status: redactStatus(report.status) }, paint);
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
