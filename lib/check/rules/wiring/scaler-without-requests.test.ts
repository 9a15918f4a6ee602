import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/scaler-without-requests', 'error', [
  'HorizontalPodAutoscaler web',
  'spec.metrics[0].resource',
  'scales on cpu utilization, but Deployment web has no cpu request in container "web"',
  'Set resources.requests.cpu, or scale on an absolute value.',
]);
