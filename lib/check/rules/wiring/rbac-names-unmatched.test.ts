import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/rbac-names-unmatched',
  'error',
  [
    'Role leader',
    'rules[0].verbs[1]',
    'verb "create" names no object, so resourceNames never match',
    'Allow it in a separate rule without resourceNames.',
  ],
  ({ failing, passing, found }) => [
    [
      'deletecollection',
      failing('create', 'deletecollection'),
      [found(undefined, 'verb "deletecollection" names no object, so resourceNames never match')],
    ],
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
