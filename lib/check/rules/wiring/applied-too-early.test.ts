import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/applied-too-early', 'warning', [
  'ConfigMap shop/settings',
  'metadata.namespace',
  'comes before its namespace "shop"',
  'Move Namespace shop before it.',
]);
