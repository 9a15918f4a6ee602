import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/host-namespaces',
  'warning',
  ['Pod shop/web', 'spec.hostPID', 'shares a namespace of the node (hostPID: true)', 'Remove hostPID.'],
  ({ failing, found }) => [
    [
      'the network',
      failing('hostPID', 'hostNetwork'),
      [
        found(
          'spec.hostNetwork',
          'shares a namespace of the node (hostNetwork: true)',
          'Remove hostNetwork.',
        ),
      ],
    ],
    [
      'IPC',
      failing('hostPID', 'hostIPC'),
      [found('spec.hostIPC', 'shares a namespace of the node (hostIPC: true)', 'Remove hostIPC.')],
    ],
    ['false', failing('hostPID: true', 'hostPID: false'), []],
  ],
);
