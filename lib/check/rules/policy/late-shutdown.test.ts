import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/late-shutdown', 'warning', [
  'Pod shop/web',
  'spec.containers[0].lifecycle.preStop',
  'preStop of container "web" sleeps 30s of the 30s grace period',
  'Raise terminationGracePeriodSeconds, or sleep less.',
]);
