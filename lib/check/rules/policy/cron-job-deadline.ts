import { objectsOf } from '../../../graph/objects';
import type { Rule } from '../../rule';

/** Source: the documentation of CronJob: the controller checks every 10 seconds. */
const LEAST = 10;

export const cronJobDeadline: Rule = {
  name: 'policy/cron-job-deadline',
  severity: 'warning',
  about:
    'Finds CronJobs whose startingDeadlineSeconds is shorter than the interval at which the controller checks.',
  why: 'The controller checks every 10 seconds and skips a run that is past its deadline, so the job may never start.',
  run(cluster, report) {
    for (const { manifest, root } of objectsOf(cluster, 'batch/CronJob')) {
      const deadline = root.child('spec').child('startingDeadlineSeconds');
      if (!deadline.isSet || deadline.number >= LEAST) continue;
      const message = `must start within ${deadline.number} seconds, but the controller checks every ${LEAST}`;
      report(manifest, deadline.path, message, 'Set startingDeadlineSeconds to 60 or more.');
    }
  },
};
