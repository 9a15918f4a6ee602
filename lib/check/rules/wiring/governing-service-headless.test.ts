import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/governing-service-headless', 'error', [
  'Service db',
  'spec.clusterIP',
  'governs StatefulSet db but is not headless',
  'Set clusterIP: None, and use a second Service for a cluster IP.',
]);
