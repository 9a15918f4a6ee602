import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/hosts-collide', 'error', [
  'HTTPRoute old-web',
  'spec.rules[0]',
  'shop.example / is already used by HTTPRoute web at spec.rules[0]',
  'Use another host or path.',
]);
