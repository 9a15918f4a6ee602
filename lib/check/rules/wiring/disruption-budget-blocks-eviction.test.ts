import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/disruption-budget-blocks-eviction', 'error', [
  'PodDisruptionBudget web',
  'spec.minAvailable',
  'requires 2 of 2 pods of Deployment web, so no eviction is allowed',
  'Require fewer, use maxUnavailable: 1 instead, or run more replicas.',
]);
