import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/cron-job-overlap', 'warning', [
  'CronJob shop/backup',
  'spec.concurrencyPolicy',
  'has no concurrencyPolicy, so runs may overlap',
  'Set Forbid or Replace, or Allow if runs may overlap.',
]);
