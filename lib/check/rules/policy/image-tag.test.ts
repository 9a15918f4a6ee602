import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/image-tag',
  'warning',
  [
    'Pod shop/web',
    'spec.containers[0].image',
    'image "acme/web:latest" has no fixed version',
    'Pin a tag or digest.',
  ],
  ({ failing, found }) => [
    ['no tag', failing(':latest', ''), [found(undefined, 'image "acme/web" has no fixed version')]],
    ['latest with a digest', failing(':latest', `:latest@sha256:${'0'.repeat(64)}`), []],
    ['a digest alone', failing(':latest', `@sha256:${'0'.repeat(64)}`), []],
    ['a tag that only begins with latest', failing(':latest', ':latest-1'), []],
    [
      'the port of a registry is no tag',
      failing('acme/web:latest', 'localhost:5000/web'),
      [found(undefined, 'image "localhost:5000/web" has no fixed version')],
    ],
    ['an invalid image is for policy/image-invalid', failing('acme/web', 'acme/Web'), []],
  ],
);
