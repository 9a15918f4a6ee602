import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/external-ips', 'warning', [
  'Service shop/web',
  'spec.externalIPs',
  'takes traffic for external IPs 203.0.113.7',
  'Use type LoadBalancer, or a Gateway.',
]);
