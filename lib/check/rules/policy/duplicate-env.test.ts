import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/duplicate-env', 'warning', [
  'Pod shop/web',
  'spec.containers[0].env[1].name',
  'container "web" sets environment variable LEVEL again; the last value wins',
  'Remove one of them.',
]);
