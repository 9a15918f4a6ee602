import { scheduleProblem, timeZoneProblem } from '../../../../kube/cron';
import type { KindRule } from '../kind-rule';
import { jobSpec } from './job-spec';

/** @source k8s.io/kubernetes pkg/apis/batch/validation/validation.go ValidateCronJobCreate, validateCronJobSpec 1.36 */
export const cronJob: KindRule = {
  kind: 'batch/CronJob',
  about: 'Schedule and time zone, and the template of its Jobs.',
  check(object) {
    const spec = object.child('spec');
    const [schedule, timeZone] = [spec.child('schedule'), spec.child('timeZone')];
    if (schedule.needs()) schedule.must((text) => scheduleProblem(text, schedule.kubernetes));
    if (timeZone.isSet) timeZone.must(timeZoneProblem);
    // Since 1.29, a schedule must have none at all.
    if (timeZone.isSet && schedule.text.includes('TZ') && !schedule.since('1.29'))
      schedule.invalid('must have no time zone where timeZone is set');
    spec.child('concurrencyPolicy').mustBeOneOf(['Allow', 'Forbid', 'Replace']);
    for (const name of ['startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit']) {
      spec.child(name).mustBeAtLeast(0);
    }

    const template = spec.child('jobTemplate').child('spec');
    jobSpec(template);
    const [selector, manual] = [template.child('selector'), template.child('manualSelector')];
    if (selector.isSet) selector.invalid('must not be set: the server generates it for each Job');
    if (manual.isTrue) manual.notSupported(['false']);
  },
};
