import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/cron-job-deadline', 'warning', [
  'CronJob shop/backup',
  'spec.startingDeadlineSeconds',
  'must start within 5 seconds, but the controller checks every 10',
  'Set startingDeadlineSeconds to 60 or more.',
]);
