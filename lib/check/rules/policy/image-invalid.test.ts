import { ruleTest, unproven } from '../../../../test/check/rule-test';

ruleTest(
  'policy/image-invalid',
  'error',
  [
    'Pod shop/web',
    'spec.containers[0].image',
    'invalid image "acme/Web:1.4.2": the repository "acme/Web" must be lower case: "acme/web"',
  ],
  ({ failing, found }) => [
    [
      'a scheme',
      failing('acme/Web:1.4.2', 'https://acme.example/web'),
      [
        found(
          undefined,
          'invalid image "https://acme.example/web": must not begin with a scheme: write "ghcr.io/acme/api", without "https://"',
        ),
      ],
    ],
    [
      'what ko builds',
      failing('acme/Web:1.4.2', 'ko://acme.example/web/cmd'),
      [
        unproven(
          found(
            undefined,
            'image "ko://acme.example/web/cmd" is built and replaced by ko; the kubelet cannot pull it',
            'Apply the output of ko resolve.',
          ),
        ),
      ],
    ],
    ['no image is for admission', failing('acme/Web:1.4.2', "''"), []],
  ],
);
