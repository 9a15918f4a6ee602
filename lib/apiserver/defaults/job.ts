import type { FeatureGates } from '../../kube/feature-gates';
import { hasAny, recordIn, type Plain } from './plain';

const MAX_INT32 = 2 ** 31 - 1;

/**
 * A Job; the Job of a CronJob gets its defaults when it is created. A Job without labels gets those of its template.
 *
 * @source k8s.io/kubernetes pkg/apis/batch/v1/defaults.go SetDefaults_Job 1.36
 */
export function job(job: Plain, gates: FeatureGates): void {
  const spec = recordIn(job, 'spec');
  if (spec === undefined) return;
  jobSpec(spec, gates);
  const labels = recordIn(recordIn(recordIn(spec, 'template') ?? {}, 'metadata') ?? {}, 'labels');
  const metadata = recordIn(job, 'metadata') ?? {};
  if (labels !== undefined && !hasAny(metadata, 'labels')) metadata['labels'] = { ...labels };
}

/** @source k8s.io/kubernetes pkg/apis/batch/v1/defaults.go SetDefaults_Job, SetDefaults_PodFailurePolicyOnPodConditionsPattern 1.36 */
function jobSpec(spec: Plain, gates: FeatureGates): void {
  spec['completionMode'] ??= 'NonIndexed';
  spec['suspend'] ??= false;
  spec['manualSelector'] ??= false;
  if (spec['parallelism'] === undefined) spec['completions'] ??= 1;
  spec['parallelism'] ??= 1;
  spec['backoffLimit'] ??= spec['backoffLimitPerIndex'] === undefined ? 6 : MAX_INT32;
  if (!gates.isOn('JobPodReplacementPolicy')) return;
  spec['podReplacementPolicy'] ??= spec['podFailurePolicy'] === undefined ? 'TerminatingOrFailed' : 'Failed';
}
