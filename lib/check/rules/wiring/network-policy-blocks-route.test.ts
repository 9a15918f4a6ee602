import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/network-policy-blocks-route', 'error', [
  'NetworkPolicy web',
  'spec.ingress',
  'blocks traffic from outside to port 8080/TCP of Pod web, which Service web exposes',
  'Allow the port without peers, or from the namespace of the controller.',
]);
