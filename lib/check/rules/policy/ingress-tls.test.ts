import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/ingress-tls',
  'warning',
  ['Ingress shop/web', 'spec.tls', 'has no TLS', 'Add spec.tls with the Secret of a certificate.'],
  ({ failing, found }) => [
    ['an empty list', failing('  rules:', '  tls: []\n  rules:'), [found()]],
    [
      'a certificate of a cloud load balancer',
      failing(
        'namespace: shop',
        'namespace: shop\n  annotations: { alb.ingress.kubernetes.io/certificate-arn: a }',
      ),
      [],
    ],
    [
      'a certificate of Google',
      failing(
        'namespace: shop',
        'namespace: shop\n  annotations: { ingress.gcp.kubernetes.io/pre-shared-cert: a }',
      ),
      [],
    ],
    [
      'a certificate of Azure',
      failing(
        'namespace: shop',
        'namespace: shop\n  annotations: { appgw.ingress.kubernetes.io/appgw-ssl-certificate: a }',
      ),
      [],
    ],
    [
      'another annotation',
      failing('namespace: shop', 'namespace: shop\n  annotations: { acme.example/team: a }'),
      [found()],
    ],
  ],
);
