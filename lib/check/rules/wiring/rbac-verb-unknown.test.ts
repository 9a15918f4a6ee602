import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/rbac-verb-unknown',
  'error',
  ['ClusterRole reader', 'rules[0].verbs[1]', 'unknown verb "lsit"', 'Did you mean "list"?'],
  ({ failing, found }) => [
    [
      'nothing similar',
      failing('lsit', 'xyzzyxyzzy'),
      [
        found(
          undefined,
          'unknown verb "xyzzyxyzzy"',
          'Use "get", "list", "watch", "create", "update", "patch", "delete" or "deletecollection".',
        ),
      ],
    ],
    [
      'every verb of requests',
      failing('lsit', 'list, watch, create, update, patch, delete, deletecollection'),
      [],
    ],
    [
      'the special verbs',
      failing(
        'lsit',
        "'*', approve, attest, bind, escalate, impersonate, proxy, request-serviceaccounts-token-audience, sign, use",
      ),
      [],
    ],
    ['upper case', failing('lsit', 'List'), [found(undefined, 'unknown verb "List"')]],
    ['an unknown group', failing("['']", '[acme.example]'), []],
    ['an unknown group among others', failing("['']", "['', acme.example]"), []],
    ['an empty verb is for admission', failing('lsit', "''"), []],
  ],
);
