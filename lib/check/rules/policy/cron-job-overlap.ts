import { objectsOf } from '../../../graph/objects';
import type { Rule } from '../../rule';

export const cronJobOverlap: Rule = {
  name: 'policy/cron-job-overlap',
  severity: 'warning',
  strict: true,
  about: 'Finds CronJobs that do not say what happens when a run takes longer than until the next.',
  why: 'The default lets them run side by side, more of them each time, and few programs are made for that.',
  run(cluster, report) {
    for (const { manifest, root } of objectsOf(cluster, 'batch/CronJob')) {
      const policy = root.child('spec').child('concurrencyPolicy');
      if (policy.isSet) continue;
      report(
        manifest,
        policy.path,
        'may run several times at once',
        'Write Forbid or Replace, or Allow to mean it.',
      );
    }
  },
};
