import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/reference-grant-missing', 'error', [
  'HTTPRoute web',
  'spec.rules[0].backendRefs[0].namespace',
  'no ReferenceGrant in namespace "pages" allows HTTPRoute web to reference Service web',
  'Add a ReferenceGrant there, from HTTPRoute in namespace "default" to Service.',
]);
