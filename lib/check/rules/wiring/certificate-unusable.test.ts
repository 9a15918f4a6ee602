import { generateKeyPairSync } from 'node:crypto';
import { ruleTest, unproven } from '../../../../test/check/rule-test';

const NAME = 'Ingress web uses it as a certificate, but';
const OPAQUE = 'kubernetes.io/tls';

function secretWith(keys: string, more = ''): string {
  return `apiVersion: v1
kind: Secret
metadata: { name: web-tls${more} }
type: Opaque
stringData: { ${keys} }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web }
spec: { tls: [{ secretName: web-tls }] }
`;
}

/** A certificate that was made for this test, and its key. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBjjCCATOgAwIBAgIUNse8l1qKN1vFfI92/8850Tc+FzYwCgYIKoZIzj0EAwIw
GzEZMBcGA1UEAwwQc2hvcC5leGFtcGxlLmNvbTAgFw0yNjExMjcwMzE2MzRaGA8y
MTI2MTEwMzAzMTYzNFowGzEZMBcGA1UEAwwQc2hvcC5leGFtcGxlLmNvbTBZMBMG
ByqGSM49AgEGCCqGSM49AwEHA0IABJAWOLpwScmLKnRSpZFfeT6++WCtxs4i0rIt
/XeDj1fPE1WH3zqnkrhIbUmuEXhM+OmoIpPrrHc/HFL26myvsvKjUzBRMB0GA1Ud
DgQWBBT1ge5bNFCIbYOxy4ebCznfgyGPcjAfBgNVHSMEGDAWgBT1ge5bNFCIbYOx
y4ebCznfgyGPcjAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQCt
nK0/jVcSuJDw69JvikEBYqcZXJLXWyk7nZcWpscKMwIhAPOarQ0HDGQdCNguEOWk
2fHgZMUxPaUHoiceuzxhxpPb
-----END CERTIFICATE-----
`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgi0a4iYLB1sTlEacE
uup1Ghj8XMSk8s0YNgQwNLv1DxOhRANCAASQFji6cEnJiyp0UqWRX3k+vvlgrcbO
ItKyLf13g49XzxNVh986p5K4SG1JrhF4TPjpqCKT66x3PxxS9upsr7Ly
-----END PRIVATE KEY-----
`;

function pairOf(certificate: string, key: string): string {
  const data = { 'tls.crt': encoded(certificate), 'tls.key': encoded(key) };
  return `{ apiVersion: v1, kind: Secret, metadata: { name: web-tls }, type: kubernetes.io/tls, data: ${JSON.stringify(data)} }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web }
spec: { tls: [{ secretName: web-tls }] }
`;
}

function encoded(text: string): string {
  return Buffer.from(text).toString('base64');
}

ruleTest(
  'wiring/certificate-unusable',
  'error',
  [
    'Secret web-tls',
    'stringData',
    `${NAME} tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched`,
    'Put the certificate into tls.crt, and its own private key into tls.key.',
  ],
  ({ failing, found }) => [
    ['the type Opaque', failing(OPAQUE, 'Opaque'), [found()]],
    [
      'a certificate instead of the key',
      failing(
        'tls.crt: |\n    -----BEGIN PRIVATE KEY-----\n    AAAA\n    -----END PRIVATE KEY-----',
        'tls.crt: |\n    -----BEGIN CERTIFICATE-----\n    AAAA\n    -----END CERTIFICATE-----',
      ),
      [found(undefined, `${NAME} tls: found a certificate rather than a key in the PEM for the private key`)],
    ],
    [
      'the key of another certificate',
      pairOf(
        CERTIFICATE,
        generateKeyPairSync('ec', { namedCurve: 'P-256' })
          .privateKey.export({ type: 'pkcs8', format: 'pem' })
          .toString(),
      ),
      [found('data', `${NAME} tls: private key does not match public key`)],
    ],
    ['a pair', pairOf(CERTIFICATE, KEY), []],
    [
      'a key of another name',
      secretWith('tls.crt: a, tls.ky: b'),
      [found(undefined, `${NAME} it has no key "tls.key"`, 'Rename "tls.ky" to "tls.key".')],
    ],
    [
      'keys of other names',
      secretWith('certificate: a, private: b'),
      [
        found(
          undefined,
          `${NAME} it has no key "tls.crt"`,
          'It has "certificate" or "private": name them tls.crt and tls.key.',
        ),
      ],
    ],
    [
      'values that may be replaced',
      secretWith("tls.crt: '<certificate>', tls.key: '<key>'"),
      [
        unproven(
          found(
            undefined,
            `${NAME} tls: failed to find any PEM data in certificate input`,
            'Put PEM into tls.crt and tls.key, unless something replaces them before they are applied.',
          ),
        ),
      ],
    ],
    ['empty values, which others fill', secretWith("tls.crt: '', tls.key: ''"), []],
    ['no values, which others fill', secretWith(''), []],
    [
      'a copy of another Secret',
      secretWith('a: b', ', annotations: { reflector.v1.k8s.emberstack.com/reflects: a/b }'),
      [],
    ],
    [
      'a Secret that cert-manager fills',
      secretWith('a: b') +
        '---\napiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: web }\nspec: { secretName: web-tls }\n',
      [],
    ],
    [
      'the type tls without keys, which the API server refuses',
      secretWith('a: b').replace('Opaque', OPAQUE),
      [],
    ],
    [
      'a Gateway',
      (secretWith('a: b').split('---')[0] ?? '') +
        `---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public }
spec:
  gatewayClassName: istio
  listeners: [{ name: https, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: web-tls }] } }]
`,
      [
        found(
          undefined,
          'Gateway public uses it as a certificate, but it has no key "tls.crt"',
          'It has "a": name them tls.crt and tls.key.',
        ),
      ],
    ],
    ['a Secret that nothing uses', secretWith('a: b').split('---')[0] ?? '', []],
  ],
);
