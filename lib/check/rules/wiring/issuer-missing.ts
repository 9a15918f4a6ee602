import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const issuerMissing: Rule = {
  name: 'wiring/issuer-missing',
  severity: 'error',
  about: 'Finds certificates of cert-manager from an issuer that is not there.',
  why: 'The certificate is never issued.',
  example: {
    failing: `
apiVersion: cert-manager.io/v1
kind: Issuer
metadata: { name: letsencrypt }
spec: { acme: { server: https://acme.example, privateKeySecretRef: { name: account } } }
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: web }
spec: { secretName: web-tls, dnsNames: [shop.example], issuerRef: { name: letsecnrypt } }
`,
    passing: `
apiVersion: cert-manager.io/v1
kind: Issuer
metadata: { name: letsencrypt }
spec: { acme: { server: https://acme.example, privateKeySecretRef: { name: account } } }
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: web }
spec: { secretName: web-tls, dnsNames: [shop.example], issuerRef: { name: letsencrypt } }
`,
  },
  run: targetMissing('issuer'),
};
