import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/network-policy-one-sided', 'error', [
  'NetworkPolicy db',
  'spec.ingress',
  'blocks Pod web on port 5432/TCP, which NetworkPolicy web allows it to call',
  'Allow its labels and this port in spec.ingress.',
]);
