import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/unsatisfiable-spread', 'error', [
  'Deployment shop/web',
  'spec.template.spec.topologySpreadConstraints[0].minDomains',
  'requires 3 pods to run apart, but the cluster has 2 zones',
  'Run fewer replicas, or make it a preference.',
]);
