import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/host-network-dns',
  'warning',
  [
    'Pod shop/web',
    'spec.dnsPolicy',
    'uses hostNetwork with dnsPolicy ClusterFirst, so Service names do not resolve',
    'Set dnsPolicy: ClusterFirstWithHostNet, or Default if it uses no Service names.',
  ],
  ({ failing, passing, found }) => [
    ['ClusterFirst in so many words', passing('ClusterFirstWithHostNet', 'ClusterFirst'), [found()]],
    ['Default', passing('ClusterFirstWithHostNet', 'Default'), []],
    ['null is not set', passing('ClusterFirstWithHostNet', 'null'), [found()]],
    ['its own network', failing('hostNetwork: true', 'hostNetwork: false'), []],
  ],
);
