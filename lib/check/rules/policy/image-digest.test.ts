import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/image-digest', 'warning', [
  'Pod shop/web',
  'spec.containers[0].image',
  'image "acme/web:1.4.2" has no digest',
  'Append the digest to the tag: "@sha256:…".',
]);
