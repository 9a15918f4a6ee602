import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/rbac-wildcard',
  'warning',
  ['Role shop/web', 'rules[0].verbs', 'grants all verbs ("*")', 'List the verbs that are needed.'],
  ({ failing, passing, found }) => [
    [
      'resources',
      passing('[pods]', "['*']"),
      [found('rules[0].resources', 'grants all resources ("*")', 'List the resources that are needed.')],
    ],
    [
      'URLs',
      passing("apiGroups: ['']\n    resources: [pods]", "nonResourceURLs: ['*']"),
      [found('rules[0].nonResourceURLs', 'grants all URLs ("*")', 'List the URLs that are needed.')],
    ],
    [
      'a path with a wildcard',
      passing("apiGroups: ['']\n    resources: [pods]", "nonResourceURLs: ['/healthz/*']"),
      [],
    ],
    ['one finding a rule', failing('[pods]', "['*']"), [found()]],
    ['all API groups', passing("['']", "['*']"), []],
  ],
);
