import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/job-ttl', 'info', [
  'Job shop/migration',
  'spec.ttlSecondsAfterFinished',
  'is never deleted after it finishes',
  'Set ttlSecondsAfterFinished, unless GitOps keeps the Job.',
]);
