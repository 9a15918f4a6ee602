import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/cron-job-deadline',
  'warning',
  [
    'CronJob shop/backup',
    'spec.startingDeadlineSeconds',
    'must start within 5 seconds, but the controller checks every 10',
    'Set startingDeadlineSeconds to 60 or more.',
  ],
  ({ failing, found }) => [
    [
      'one second below the interval',
      failing(': 5', ': 9'),
      [found(undefined, 'must start within 9 seconds, but the controller checks every 10')],
    ],
    ['as long as the interval', failing(': 5', ': 10'), []],
    [
      'zero',
      failing(': 5', ': 0'),
      [found(undefined, 'must start within 0 seconds, but the controller checks every 10')],
    ],
    ['null is not set', failing(': 5', ': null'), []],
    ['no deadline', failing('  startingDeadlineSeconds: 5\n', ''), []],
  ],
);
