import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/rbac-lists-by-name',
  'warning',
  [
    'Role settings',
    'rules[0].verbs[1]',
    'verb "list" matches resourceNames only with the field selector metadata.name',
    'Allow it without resourceNames, or remove it.',
  ],
  ({ failing, found }) => [
    [
      'watch',
      failing('list]', 'watch]'),
      [found(undefined, 'verb "watch" matches resourceNames only with the field selector metadata.name')],
    ],
    ['no names', failing('[settings], verbs', '[], verbs'), []],
    [
      'each rule once',
      failing('[get, list]', '[watch, list]'),
      [
        found(
          'rules[0].verbs[0]',
          'verb "watch" matches resourceNames only with the field selector metadata.name',
        ),
      ],
    ],
  ],
);
