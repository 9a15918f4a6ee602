import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/rbac-secrets',
  'warning',
  ['Role shop/web', 'rules[0].resources', 'can get all Secrets', 'List the Secrets in resourceNames.'],
  ({ failing, found }) => [
    [
      'each reading verb',
      failing('[get]', '[create, get, list, watch, delete]'),
      [found(undefined, 'can get, list, watch all Secrets')],
    ],
    ['writing verbs', failing('[get]', '[create, update, patch, delete]'), []],
    ['all groups', failing("['']", "['*']"), [found()]],
    ['another group', failing("['']", '[acme.example]'), []],
    ['all resources are for policy/rbac-wildcard', failing('[secrets]', "[secrets, '*']"), []],
    ['all verbs are for policy/rbac-wildcard', failing('[get]', "[get, '*']"), []],
    ['other resources', failing('[secrets]', '[configmaps]'), []],
    [
      'the second rule of a ClusterRole',
      failing(
        'kind: Role',
        'kind: ClusterRole',
        '  namespace: shop\n',
        '',
        'rules:',
        "rules:\n  - { apiGroups: [''], resources: [pods], verbs: [get] }",
      ),
      [found('rules[1].resources', undefined, undefined, 'ClusterRole web')],
    ],
  ],
);
