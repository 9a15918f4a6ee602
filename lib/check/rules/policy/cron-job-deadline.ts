import { objectsOf } from '../../../graph/objects';
import type { Rule } from '../../rule';

/** Source: the documentation of CronJob: the controller looks every ten seconds. */
const LEAST = 10;

export const cronJobDeadline: Rule = {
  name: 'policy/cron-job-deadline',
  severity: 'warning',
  about: 'Finds CronJobs that have less time to start than the controller needs to look at them.',
  why: 'It looks every ten seconds, and by then the run is too late: it may never start.',
  run(cluster, report) {
    for (const { manifest, root } of objectsOf(cluster, 'batch/CronJob')) {
      const deadline = root.child('spec').child('startingDeadlineSeconds');
      if (!deadline.isSet || deadline.number >= LEAST) continue;
      const message = `must start within ${deadline.number} seconds, and the controller looks every ${LEAST}`;
      report(manifest, deadline.path, message, 'Give it a minute or more.');
    }
  },
};
