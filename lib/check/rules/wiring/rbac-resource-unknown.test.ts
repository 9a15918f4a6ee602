import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/rbac-resource-unknown', 'error', [
  'ClusterRole reader',
  'rules[0].resources[0]',
  'unknown resource "deployments" in the core group',
  'It is in group "apps"; set apiGroups: [\'apps\'].',
]);
