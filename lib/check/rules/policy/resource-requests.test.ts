import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/resource-requests', 'warning', [
  'Pod shop/web',
  'spec.containers[0].resources.requests',
  'container "web" has no memory request',
  'Set requests.memory, and limits.memory.',
]);
