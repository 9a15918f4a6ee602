import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/image-invalid', 'error', [
  'Pod shop/web',
  'spec.containers[0].image',
  'invalid image "acme/Web:1.4.2": the repository "acme/Web" must be lower case: "acme/web"',
]);
