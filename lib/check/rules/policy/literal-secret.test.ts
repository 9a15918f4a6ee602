import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/literal-secret', 'warning', [
  'Pod shop/web',
  'spec.containers[0].env[0].value',
  'contains a secret in plain text',
  'Move it to a Secret, and reference its key.',
]);
