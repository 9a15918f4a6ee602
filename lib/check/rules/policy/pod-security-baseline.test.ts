import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/pod-security-baseline', 'warning', [
  'Pod shop/web',
  'spec.containers[0].securityContext.seccompProfile.type',
  'sets seccompProfile.type: Unconfined',
  'Use RuntimeDefault, or Localhost with your own profile.',
]);
