import { ruleTest } from '../../../../test/check/rule-test';

const uses = (type: string) =>
  `Ingress web uses it as a certificate, which needs type kubernetes.io/tls, not ${type}`;
const POD =
  'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { imagePullSecrets: [{ name: web-tls }], containers: [{ name: a, image: a }] }\n';

ruleTest(
  'wiring/secret-type',
  'warning',
  [
    'Secret web-tls',
    'type',
    uses('Opaque'),
    'Set type: kubernetes.io/tls. Delete a Secret that exists first, or give this one another name.',
  ],
  ({ failing, passing, found }) => [
    ['no type, which is Opaque', failing('type: Opaque\n', ''), [found()]],
    [
      'another type',
      failing('type: Opaque', 'type: acme.example/pem'),
      [found(undefined, uses('acme.example/pem'))],
    ],
    [
      'a pull secret, once for all pods',
      `${passing()}---\n${POD}---\n${POD.replace('name: a }', 'name: b }')}`,
      [
        found(
          undefined,
          'Pod a uses it as an image pull secret, which needs type kubernetes.io/dockerconfigjson, not kubernetes.io/tls',
          'Set type: kubernetes.io/dockerconfigjson. Delete a Secret that exists first, or give this one another name.',
        ),
      ],
    ],
    ['a Secret that is used otherwise', failing('secretName: web-tls', 'secretName: other'), []],
    [
      'the Secret of a certificate',
      failing(
        "apiVersion: v1\nkind: Secret\nmetadata: { name: web-tls }\ntype: Opaque\nstringData: { tls.crt: '', tls.key: '' }",
        'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: web-tls }\nspec: { secretName: web-tls }',
      ),
      [],
    ],
  ],
);
