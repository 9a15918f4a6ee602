import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/scalers-collide', 'error', [
  'ScaledObject web-queue',
  'spec.scaleTargetRef.name',
  'Deployment web is already scaled by HorizontalPodAutoscaler web',
  'Keep one of them, or merge their metrics.',
]);
