import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/network-policy-types',
  'warning',
  [
    'NetworkPolicy shop/web',
    'spec.policyTypes',
    'has no policyTypes, so it denies all ingress',
    'Set policyTypes: [Egress] to leave ingress open, or [Ingress, Egress] to deny it.',
  ],
  ({ failing, passing, found }) => [
    [
      'neither direction',
      failing('  egress: [{ to: [{ podSelector: {} }] }]\n', ''),
      [found(undefined, undefined, 'Set policyTypes: [Ingress] to deny it, or remove the policy.')],
    ],
    ['an empty list', passing('[Egress]', '[]'), [found()]],
    ['ingress that it denies', failing('egress: [{ to: [{ podSelector: {} }] }]', 'ingress: []'), []],
    ['ingress that it allows', failing('egress: [{ to', 'ingress: [{ from'), []],
  ],
);
