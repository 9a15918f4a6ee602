import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/pod-security-restricted', 'warning', [
  'Pod shop/web',
  'spec.securityContext.runAsNonRoot',
  'may run as root',
  'Set runAsNonRoot: true.',
]);
