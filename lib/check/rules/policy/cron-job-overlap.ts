import { objectsOf } from '../../../graph/objects';
import type { Rule } from '../../rule';

export const cronJobOverlap: Rule = {
  name: 'policy/cron-job-overlap',
  severity: 'warning',
  strict: true,
  about: 'Finds CronJobs without a concurrencyPolicy.',
  why: 'The default, Allow, lets slow runs overlap, more of them each time, and few programs are made for that.',
  run(cluster, report) {
    for (const { manifest, root } of objectsOf(cluster, 'batch/CronJob')) {
      const policy = root.child('spec').child('concurrencyPolicy');
      if (policy.isSet) continue;
      report(
        manifest,
        policy.path,
        'has no concurrencyPolicy, so runs may overlap',
        'Set Forbid or Replace, or Allow if runs may overlap.',
      );
    }
  },
};
