import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/image-digest',
  'warning',
  [
    'Pod shop/web',
    'spec.containers[0].image',
    'image "acme/web:1.4.2" has no digest',
    'Append the digest to the tag: "@sha256:…".',
  ],
  ({ failing, found }) => [
    ['latest is for policy/image-tag', failing('acme/web:1.4.2', 'acme/web:latest'), []],
    ['no tag is for policy/image-tag', failing('acme/web:1.4.2', 'acme/web'), []],
    ['an invalid image is for policy/image-invalid', failing('acme/web:1.4.2', 'acme/Web:1.4.2'), []],
    [
      'init containers',
      failing(
        '  containers:',
        '  containers: [{ name: main, image: "acme/web@sha256:0000000000000000000000000000000000000000000000000000000000000000" }]\n  initContainers:',
      ),
      [found('spec.initContainers[0].image')],
    ],
  ],
);
