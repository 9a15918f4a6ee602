import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/rbac-out-of-scope',
  'error',
  [
    'Role reader',
    'rules[0].resources[0]',
    '"nodes" is cluster-scoped, and a Role grants access within a namespace',
    'Use a ClusterRole and a ClusterRoleBinding.',
  ],
  ({ failing, found }) => [
    ['namespaced resources', failing('[nodes]', '[pods]'), []],
    [
      'a verb that is asked for in a namespace',
      failing("['']", '[policy]', '[nodes]', '[podsecuritypolicies]', '[get, list]', '[use]'),
      [],
    ],
    ['a subresource', failing('[nodes]', '[nodes/proxy]'), [found()]],
    ['Namespaces count as inside', failing('[nodes]', '[namespaces]'), []],
    ['one of several groups', failing("['']", "['', metrics.k8s.io]"), [found()]],
    [
      'each resource',
      failing('[nodes]', '[pods, nodes, persistentvolumes]'),
      [
        found('rules[0].resources[1]'),
        found(
          'rules[0].resources[2]',
          '"persistentvolumes" is cluster-scoped, and a Role grants access within a namespace',
        ),
      ],
    ],
    [
      'a ClusterRole beside it that grants the same',
      `${failing()}---\n${failing('kind: Role', 'kind: ClusterRole')}`,
      [],
    ],
    ['unknown resources', failing('[nodes]', '[shops]'), []],
  ],
);
