import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/ingress-tls', 'warning', [
  'Ingress shop/web',
  'spec.tls',
  'has no TLS',
  'Add spec.tls with the Secret of a certificate.',
]);
