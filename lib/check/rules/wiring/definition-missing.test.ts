import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/definition-missing', 'error', [
  'Shop corner',
  'apiVersion',
  'no matches for kind "Shop" in group "acme.exmaple"',
  'Did you mean "acme.example"?',
]);
