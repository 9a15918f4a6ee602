import { forEachStep } from '../rule';
import { nameOf } from '../words';

/** What makes pods only now and then changes nothing for those that run. */
export const nextJob = forEachStep({
  kind: 'rollout',
  about: 'A CronJob uses a new template for its next Job.',
  effects: ['updated'],
  objects: ['batch/CronJob'],
  look(step, _, report) {
    if (step.change.fields.some(({ path }) => path.startsWith('spec.jobTemplate')))
      report(
        'info',
        `${nameOf(step)} uses the new template for its next Job, and leaves running Jobs alone.`,
      );
  },
});
