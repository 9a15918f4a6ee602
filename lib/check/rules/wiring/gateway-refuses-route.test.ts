import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/gateway-refuses-route', 'error', [
  'HTTPRoute web',
  'spec.hostnames[0]',
  'Gateway public does not accept it: listener "http" has hostname "*.shop.example"',
  'Use a host that matches *.shop.example, or another listener.',
]);
