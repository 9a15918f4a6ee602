import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/naked-pod', 'warning', [
  'Pod shop/web',
  '',
  'has no controller that replaces it when its node fails',
  'Use a Deployment with one replica.',
]);
