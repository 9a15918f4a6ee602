import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/service-target-port', 'error', [
  'Service web',
  'spec.ports[0].port',
  'no container of Pod web has TCP port "80"',
  'They have http (8080/TCP).',
]);
