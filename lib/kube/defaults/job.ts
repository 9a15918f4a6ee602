import { atLeast } from '../at-least';
import type { KubernetesRelease } from '../schema';
import { hasAny, recordIn, type Plain } from './plain';

const MAX_INT32 = 2 ** 31 - 1;

/** The labels of the template are those of the Job where it has none. */
export function job(job: Plain): void {
  const template = recordIn(recordIn(job, 'spec') ?? {}, 'template') ?? {};
  const labels = recordIn(recordIn(template, 'metadata') ?? {}, 'labels');
  const metadata = recordIn(job, 'metadata') ?? {};
  if (labels !== undefined && !hasAny(metadata, 'labels')) metadata['labels'] = { ...labels };
}

export function jobSpec(spec: Plain, kubernetes: KubernetesRelease): void {
  if (spec['parallelism'] === undefined) spec['completions'] ??= 1;
  spec['parallelism'] ??= 1;
  spec['backoffLimit'] ??= spec['backoffLimitPerIndex'] === undefined ? 6 : MAX_INT32;
  if (!atLeast(kubernetes, '1.29')) return;
  spec['podReplacementPolicy'] ??= spec['podFailurePolicy'] === undefined ? 'TerminatingOrFailed' : 'Failed';
}
