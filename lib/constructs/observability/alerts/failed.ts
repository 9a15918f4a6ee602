import { jobNamePattern, literal } from '../../../kube/pod-names';
import type { AlertKind } from './alert';
import { by, matchers, on } from './selectors';

/**
 * Jobs that have failed: for a CronJob, those since its last success. Relies on `kube_job_failed`,
 * `kube_job_status_start_time` and `kube_cronjob_status_last_successful_time` of kube-state-metrics, and on failed Jobs that
 * are kept.
 */
export const failed: AlertKind = {
  alert: 'JobFailed',
  unit: 'number',
  fires: '>',
  defaults: { at: 0, for: '1m' },
  lacks: ({ kind }) => (kind === 'Job' || kind === 'CronJob' ? undefined : 'a Job or CronJob'),
  query: (target) => {
    const { kind, name } = target;
    const jobs = `job_name=~"${kind === 'CronJob' ? jobNamePattern(name) : literal(name)}"`;
    const all = `kube_job_failed{${matchers(target, jobs, 'condition="true"')}} == 1`;
    const count = (failedJobs: string): string => `count${by(target)} (${failedJobs})`;
    if (kind !== 'CronJob') return count(all);
    const started = `kube_job_status_start_time{${matchers(target, jobs)}}`;
    const success = `kube_cronjob_status_last_successful_time{${matchers(target, `cronjob="${name}"`)}}`;
    const before = `(${started} < ${on(target)} group_left () max${by(target)} (${success}))`;
    return count(`${all} unless on (namespace, job_name) ${before}`);
  },
  summary: 'it has failed',
  description: '{{ $value | humanize }} Jobs have failed.',
};
