import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/host-port', 'warning', [
  'Pod shop/web',
  'spec.containers[0].ports[0].hostPort',
  'uses host port 8080',
  'Remove hostPort, and use a Service.',
]);
