import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/rbac-anonymous-access',
  'warning',
  [
    'RoleBinding shop/web',
    'subjects[0].name',
    'grants permissions to unauthenticated requests (system:unauthenticated)',
    'Bind a user, group or ServiceAccount instead.',
  ],
  ({ failing, found }) => [
    [
      'ClusterRoleBindings',
      failing('kind: RoleBinding', 'kind: ClusterRoleBinding', '  namespace: shop\n', ''),
      [found(undefined, undefined, undefined, 'ClusterRoleBinding web')],
    ],
    [
      'the anonymous user',
      failing('kind: Group\n    name: system:unauthenticated', 'kind: User\n    name: system:anonymous'),
      [found(undefined, 'grants permissions to unauthenticated requests (system:anonymous)')],
    ],
    [
      'one of several subjects',
      failing('subjects:', 'subjects:\n  - { kind: User, name: jane, apiGroup: rbac.authorization.k8s.io }'),
      [found('subjects[1].name')],
    ],
    ['all users with credentials', failing('system:unauthenticated', 'system:authenticated'), []],
  ],
);
