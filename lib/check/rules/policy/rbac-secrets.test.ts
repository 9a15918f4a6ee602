import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/rbac-secrets', 'warning', [
  'Role shop/web',
  'rules[0].resources',
  'can get all Secrets',
  'List the Secrets in resourceNames.',
]);
