import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/single-replica', 'warning', [
  'Deployment shop/web',
  'spec.replicas',
  'runs a single pod',
  'Run two or more replicas.',
]);
