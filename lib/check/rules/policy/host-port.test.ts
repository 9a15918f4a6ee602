import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/host-port',
  'warning',
  [
    'Pod shop/web',
    'spec.containers[0].ports[0].hostPort',
    'uses host port 8080',
    'Remove hostPort, and use a Service.',
  ],
  ({ failing, found }) => [
    ['zero is none', failing('hostPort: 8080', 'hostPort: 0'), []],
    [
      'on the network of the node it is for policy/host-namespaces',
      failing('spec:', 'spec:\n  hostNetwork: true'),
      [],
    ],
    [
      'each port of each container',
      failing('hostPort: 8080', 'hostPort: 8080\n        - containerPort: 9090\n          hostPort: 9091'),
      [found(), found('spec.containers[0].ports[1].hostPort', 'uses host port 9091')],
    ],
  ],
);
