import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/job-ttl',
  'info',
  [
    'Job shop/migration',
    'spec.ttlSecondsAfterFinished',
    'is never deleted after it finishes',
    'Set ttlSecondsAfterFinished, unless GitOps keeps the Job.',
  ],
  ({ failing, passing, found }) => [
    ['zero', passing('86400', '0'), []],
    ['null is not set', passing('86400', 'null'), [found()]],
    [
      'a Job of a CronJob',
      failing(
        'namespace: shop',
        'namespace: shop\n  ownerReferences: [{ apiVersion: batch/v1, kind: CronJob, name: a, uid: b }]',
      ),
      [],
    ],
    ['only Jobs', failing('kind: Job', 'kind: Other'), []],
  ],
);
