import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/rbac-names-unmatched',
  'error',
  [
    'Role leader',
    'rules[0].verbs[1]',
    'a POST request names no object, so verb "create" never matches resourceNames',
    'Allow it in a separate rule without resourceNames.',
  ],
  ({ failing, passing, found }) => [
    [
      'deletecollection',
      failing('create', 'deletecollection'),
      [found(undefined, 'verb "deletecollection" names no object, so resourceNames never match')],
    ],
    [
      'create with patch: server-side apply names what it creates',
      failing('create, update', 'create, update, patch'),
      [],
    ],
    [
      'create with patch in another rule for the same names',
      passing('verbs: [create]', 'resourceNames: [leader], verbs: [patch]', '[get, update]', '[get, create]'),
      [],
    ],
    [
      'create with patch of other names',
      passing('verbs: [create]', 'resourceNames: [other], verbs: [patch]', '[get, update]', '[get, create]'),
      [found('rules[1].verbs[1]')],
    ],
    [
      'create with patch of more names, beside others',
      passing(
        'verbs: [create]',
        'resourceNames: [other, leader], verbs: [patch]',
        'resourceNames: [leader], verbs: [get, update]',
        'resourceNames: [leader, other], verbs: [get, create]',
      ),
      [],
    ],
    ['create with patch of all names', passing('[create]', '[patch]', '[get, update]', '[get, create]'), []],
    [
      'create with patch of some of its names',
      passing(
        'verbs: [create]',
        'resourceNames: [leader], verbs: [patch]',
        'resourceNames: [leader], verbs: [get, update]',
        'resourceNames: [leader, other], verbs: [get, create]',
      ),
      [found('rules[1].verbs[1]')],
    ],
    [
      'create with patch of the same names of another resource',
      passing(
        'resources: [leases], verbs: [create]',
        'resources: [others], resourceNames: [leader], verbs: [patch]',
        '[get, update]',
        '[get, create]',
      ),
      [found('rules[1].verbs[1]')],
    ],
    [
      'deletecollection with patch',
      failing('create, update', 'deletecollection, patch'),
      [found(undefined, 'verb "deletecollection" names no object, so resourceNames never match')],
    ],
    ['resources of an aggregated API', failing('coordination.k8s.io', 'acme.example'), []],
    ['a subresource', failing('[leases]', '[leases/status]'), []],
    ['all resources', failing('[leases]', "['*']"), []],
    ['no names', failing('[leader]', '[]'), []],
    [
      'the same verb for another resource',
      passing(
        'resources: [leases], verbs: [create]',
        'resources: [other], verbs: [create]',
        '[get, update]',
        '[get, create]',
      ),
      [found('rules[1].verbs[1]')],
    ],
    ['all verbs in a rule without names', passing('[create]', "['*']", '[get, update]', '[get, create]'), []],
    [
      'another verb in a rule without names',
      passing('[create]', '[get]', '[get, update]', '[get, create]'),
      [found('rules[1].verbs[1]')],
    ],
    [
      'another group in a rule without names',
      passing(
        '- { apiGroups: [coordination.k8s.io], resources: [leases], verbs',
        '- { apiGroups: [apps], resources: [leases], verbs',
        '[get, update]',
        '[get, create]',
      ),
      [found('rules[1].verbs[1]')],
    ],
  ],
);
