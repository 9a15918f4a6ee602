import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/cron-job-overlap',
  'warning',
  [
    'CronJob shop/backup',
    'spec.concurrencyPolicy',
    'has no concurrencyPolicy, so runs may overlap',
    'Set Forbid or Replace, or Allow if runs may overlap.',
  ],
  ({ failing, passing, found }) => [
    ['null is not set', passing('Forbid', 'null'), [found()]],
    ['Allow in so many words', passing('Forbid', 'Allow'), []],
    ['only CronJobs', failing('kind: CronJob', 'kind: Job'), []],
  ],
);
