import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/rbac-names-unmatched', 'error', [
  'Role leader',
  'rules[0].verbs[1]',
  'verb "create" names no object, so resourceNames never match',
  'Allow it in a separate rule without resourceNames.',
]);
