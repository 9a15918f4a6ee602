import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/rbac-out-of-scope', 'error', [
  'Role reader',
  'rules[0].resources[0]',
  '"nodes" is cluster-scoped, and a Role grants access within a namespace',
  'Use a ClusterRole and a ClusterRoleBinding.',
]);
