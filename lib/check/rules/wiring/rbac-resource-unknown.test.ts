import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/rbac-resource-unknown',
  'error',
  [
    'ClusterRole reader',
    'rules[0].resources[0]',
    'unknown resource "deployments" in the core group',
    'It is in group "apps"; set apiGroups: [\'apps\'].',
  ],
  ({ failing, found }) => [
    [
      'the singular',
      failing('[deployments]', '[pod]'),
      [found(undefined, 'unknown resource "pod" in the core group', 'Did you mean "pods"?')],
    ],
    [
      'a misspelled name',
      failing('[deployments]', '[pdos]'),
      [found(undefined, 'unknown resource "pdos" in the core group', 'Did you mean "pods"?')],
    ],
    [
      'nothing similar',
      failing('[deployments]', '[xyzzyxyzzy]'),
      [['ClusterRole reader', 'rules[0].resources[0]', 'unknown resource "xyzzyxyzzy" in the core group']],
    ],
    [
      'several groups',
      failing("['']", "['', batch]"),
      [found(undefined, 'unknown resource "deployments" in the core group or group "batch"')],
    ],
    [
      'an unknown subresource',
      failing('[deployments]', '[pods/logs]'),
      [found(undefined, '"pods" has no subresource "logs"', 'Did you mean "pods/log"?')],
    ],
    [
      'a subresource unlike any',
      failing('[deployments]', '[services/xyzzyxyzzy]'),
      [
        found(
          undefined,
          '"services" has no subresource "xyzzyxyzzy"',
          'Use "proxy", "status" or "finalizers".',
        ),
      ],
    ],
    ['every subresource', failing('[deployments]', "['pods/*']"), []],
    ['all resources', failing('[deployments]', "['*']"), []],
    ['an unknown group', failing("['']", '[acme.example]'), []],
    ['no group', failing("['']", '[]'), []],
    [
      'a rule beside it in the right group',
      failing('rules: [', 'rules: [{ apiGroups: [apps], resources: [deployments], verbs: [get, list] }, '),
      [],
    ],
    [
      'a rule beside it for another resource',
      failing('rules: [', 'rules: [{ apiGroups: [apps], resources: [statefulsets], verbs: [get, list] }, '),
      [found('rules[1].resources[0]')],
    ],
  ],
);
