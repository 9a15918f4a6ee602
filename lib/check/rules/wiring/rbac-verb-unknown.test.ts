import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/rbac-verb-unknown', 'error', [
  'ClusterRole reader',
  'rules[0].verbs[1]',
  'unknown verb "lsit"',
  'Did you mean "list"?',
]);
