import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/service-account-token', 'warning', [
  'Pod shop/web',
  'spec.automountServiceAccountToken',
  'mounts a token for ServiceAccount "default", which has no permissions',
  'Set automountServiceAccountToken: false.',
]);
