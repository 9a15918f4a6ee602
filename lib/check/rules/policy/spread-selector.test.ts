import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/spread-selector', 'warning', [
  'Deployment shop/web',
  'spec.template.spec.topologySpreadConstraints[0].labelSelector',
  'the selector of the spread constraint does not match its own pods',
  'Use the labels of the pod template.',
]);
