import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/default-namespace', 'warning', [
  'Pod default/web',
  'metadata.namespace',
  'runs in namespace "default"',
  'Use a separate namespace for each application.',
]);
