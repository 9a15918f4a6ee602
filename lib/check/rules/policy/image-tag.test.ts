import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/image-tag', 'warning', [
  'Pod shop/web',
  'spec.containers[0].image',
  'image "acme/web:latest" has no fixed version',
  'Pin a tag or digest.',
]);
