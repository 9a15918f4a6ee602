import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/host-namespaces', 'warning', [
  'Pod shop/web',
  'spec.hostPID',
  'shares a namespace of the node (hostPID: true)',
  'Remove hostPID.',
]);
