import { forEachStep } from '../rule';
import { kindOf, nameOf } from '../words';

/** What makes pods only now and then changes nothing for those that run. */
export const nextJob = forEachStep({
  kind: 'rollout',
  about: 'A CronJob uses a new template for its next Job.',
  look(step, _, report) {
    const isAboutJobs = step.change.fields.some(({ path }) => path.startsWith('spec.jobTemplate'));
    if (kindOf(step) !== 'batch/CronJob' || step.change.effect !== 'updated' || !isAboutJobs) return;
    report('info', `${nameOf(step)} uses the new template for its next Job, and leaves running Jobs alone.`);
  },
});
