import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/rbac-escalation', 'warning', [
  'Role shop/web',
  'rules[0].verbs[0]',
  'can impersonate any user',
  'Limit the rule with resourceNames, or remove the verb.',
]);
