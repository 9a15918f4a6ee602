import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/external-ips',
  'warning',
  [
    'Service shop/web',
    'spec.externalIPs',
    'takes traffic for external IPs 203.0.113.7',
    'Use type LoadBalancer, or a Gateway.',
  ],
  ({ failing, found }) => [
    [
      'each address',
      failing('[203.0.113.7]', '[203.0.113.7, 203.0.113.8]'),
      [found(undefined, 'takes traffic for external IPs 203.0.113.7, 203.0.113.8')],
    ],
    ['no addresses', failing('[203.0.113.7]', '[]'), []],
    ['another kind', failing('apiVersion: v1', 'apiVersion: acme.example/v1'), []],
  ],
);
