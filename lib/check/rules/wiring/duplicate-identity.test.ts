import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/duplicate-identity', 'error', [
  'ConfigMap settings',
  'metadata.name',
  'ConfigMap settings is defined twice',
]);
