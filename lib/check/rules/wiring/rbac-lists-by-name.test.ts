import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/rbac-lists-by-name', 'warning', [
  'Role settings',
  'rules[0].verbs[1]',
  'verb "list" matches resourceNames only with the field selector metadata.name',
  'Allow it without resourceNames, or remove it.',
]);
