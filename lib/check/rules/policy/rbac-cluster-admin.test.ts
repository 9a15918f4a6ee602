import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/rbac-cluster-admin',
  'warning',
  [
    'ClusterRoleBinding web',
    'roleRef.name',
    'grants all permissions in the whole cluster (cluster-admin)',
    'Bind a role with only the permissions needed.',
  ],
  ({ failing, found }) => [
    [
      'in a namespace',
      failing(
        'kind: ClusterRoleBinding\nmetadata:\n  name: web',
        'kind: RoleBinding\nmetadata:\n  name: web\n  namespace: shop',
      ),
      [
        found(
          undefined,
          'grants all permissions in its namespace (cluster-admin)',
          undefined,
          'RoleBinding shop/web',
        ),
      ],
    ],
    ['a Role of that name', failing('kind: ClusterRole\n', 'kind: Role\n'), []],
  ],
);
