import { ruleTest, unproven } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/rbac-verb-unknown',
  'error',
  ['ClusterRole reader', 'rules[0].verbs[1]', 'unknown verb "lsit"', 'Did you mean "list"?'],
  ({ failing, found }) => [
    [
      'nothing similar, which an application may ask for',
      failing('lsit', 'read'),
      [
        unproven(
          found(
            undefined,
            'no request has verb "read", but an application may ask for it in a SubjectAccessReview',
            'Use "get", "list", "watch", "create", "update", "patch", "delete" or "deletecollection".',
          ),
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
    ['a verb of a custom group', failing("['']", '[acme.example]', 'lsit', 'subscribe'), []],
    ['a verb of a custom group among others', failing("['']", "['', acme.example]", 'lsit', 'subscribe'), []],
    ['a short verb of its own', failing("['']", '[acme.example]', 'lsit', 'set'), []],
    ['a misspelled verb for a custom group', failing("['']", '[acme.example]'), [found()]],
    ['an empty verb is for admission', failing('lsit', "''"), []],
  ],
);
