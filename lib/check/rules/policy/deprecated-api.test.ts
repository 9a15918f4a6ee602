import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/deprecated-api', 'warning', [
  'Endpoints shop/web',
  'apiVersion',
  'v1 Endpoints is deprecated in v1.33+',
  'Use discovery.k8s.io/v1 EndpointSlice instead.',
]);
