import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/network-policy-port-missing', 'error', [
  'NetworkPolicy web',
  'spec.ingress[0].ports[0].port',
  'no container of Pod web has TCP port "80"',
  'They have 8080/TCP.',
]);
