import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/memory-limit', 'warning', [
  'Pod shop/web',
  'spec.containers[0].resources.limits.memory',
  'container "web" has no memory limit',
  'Set limits.memory.',
]);
