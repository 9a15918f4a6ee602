import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/rbac-escalation',
  'warning',
  [
    'Role shop/web',
    'rules[0].verbs[0]',
    'can impersonate any user',
    'Limit the rule with resourceNames, or remove the verb.',
  ],
  ({ failing, found }) => [
    ['resourceNames', failing('verbs:', 'resourceNames: []\n    verbs:'), [found()]],
    ['groups', failing('[users]', '[groups]'), [found(undefined, 'can impersonate any group')]],
    [
      'ServiceAccounts',
      failing('[users]', '[serviceaccounts]'),
      [found(undefined, 'can impersonate any ServiceAccount')],
    ],
    [
      'tokens',
      failing('[users]', '[serviceaccounts/token]', 'impersonate', 'create'),
      [found(undefined, 'can create tokens for any ServiceAccount')],
    ],
    ['creating ServiceAccounts', failing('[users]', '[serviceaccounts]', 'impersonate', 'create'), []],
    [
      'roles',
      failing(
        "['']",
        '[rbac.authorization.k8s.io]',
        '[users]',
        '[roles]',
        '[impersonate]',
        '[get, escalate, bind]',
      ),
      [
        found('rules[0].verbs[1]', 'can edit roles beyond its own permissions'),
        found('rules[0].verbs[2]', 'can bind roles beyond its own permissions'),
      ],
    ],
    [
      'cluster roles',
      failing(
        "['']",
        '[rbac.authorization.k8s.io]',
        '[users]',
        '[clusterroles]',
        '[impersonate]',
        '[escalate, bind]',
      ),
      [
        found('rules[0].verbs[0]', 'can edit roles beyond its own permissions'),
        found('rules[0].verbs[1]', 'can bind roles beyond its own permissions'),
      ],
    ],
    ['all groups', failing("['']", "['*']"), [found()]],
    ['another group', failing("['']", '[acme.example]'), []],
    ['all resources are for policy/rbac-wildcard', failing('[users]', "[users, '*']"), []],
    ['all verbs are for policy/rbac-wildcard', failing('[impersonate]', "[impersonate, '*']"), []],
  ],
);
