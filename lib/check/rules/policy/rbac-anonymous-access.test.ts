import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/rbac-anonymous-access', 'warning', [
  'RoleBinding shop/web',
  'subjects[0].name',
  'grants permissions to unauthenticated requests (system:unauthenticated)',
  'Bind a user, group or ServiceAccount instead.',
]);
