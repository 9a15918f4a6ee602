import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/disruption-budget', 'warning', [
  'Deployment shop/web',
  '',
  'no PodDisruptionBudget selects its 2 pods',
  'Add one with maxUnavailable: 1.',
]);
