import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/rbac-wildcard', 'warning', [
  'Role shop/web',
  'rules[0].verbs',
  'grants all verbs ("*")',
  'List the verbs that are needed.',
]);
