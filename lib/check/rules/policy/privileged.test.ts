import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/privileged', 'warning', [
  'Pod shop/web',
  'spec.containers[0].securityContext.privileged',
  'container "web" is privileged',
  'Remove privileged, and add only the capabilities it needs.',
]);
