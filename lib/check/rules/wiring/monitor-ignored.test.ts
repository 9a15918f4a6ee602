import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/monitor-ignored', 'error', [
  'PrometheusRule web',
  'metadata.labels',
  'no Prometheus selects it: ruleSelector requires prometheus=main',
  'Add the labels prometheus=main.',
]);
