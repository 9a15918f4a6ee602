import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/rbac-cluster-admin', 'warning', [
  'ClusterRoleBinding web',
  'roleRef.name',
  'grants all permissions in the whole cluster (cluster-admin)',
  'Bind a role with only the permissions needed.',
]);
