import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/rollout-downtime', 'warning', [
  'Deployment shop/web',
  'spec.strategy.rollingUpdate.maxUnavailable',
  'stops its only pod before a new one is ready',
  'Set maxUnavailable: 0, and maxSurge to at least 1.',
]);
