import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/replicas-fight-scaler', 'warning', [
  'Deployment web',
  'spec.replicas',
  'HorizontalPodAutoscaler web sets the replicas of this workload',
  'Remove replicas, and set the minimum in the autoscaler.',
]);
