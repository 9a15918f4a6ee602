import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/namespace-missing', 'info', [
  'ConfigMap shop/settings',
  'metadata.namespace',
  'namespace "shop" not found',
  'Add a Namespace, or pass it with --assume if the cluster has it.',
]);
