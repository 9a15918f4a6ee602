import { ruleTest, unproven } from '../../../../test/check/rule-test';

ruleTest(
  'policy/promql-invalid',
  'error',
  [
    'PrometheusRule shop/web',
    'spec.groups[0].rules[0].expr',
    'invalid PromQL: 1:4: unclosed left parenthesis',
  ],
  ({ failing, passing, found }) => [
    [
      'an unknown function',
      passing('rate(', 'ratee('),
      [found(undefined, 'invalid PromQL: 1:5: unknown function with name "ratee"', 'Did you mean "rate"?')],
    ],
    ['a recording rule', passing('alert: ManyErrors', 'record: errors:rate5m'), []],
    ['a number', passing('\'sum(rate(http_requests_total{code=~"5.."}[5m])) > 1\'', '1'), []],
    [
      'VictoriaMetrics',
      `${failing()}---\napiVersion: operator.victoriametrics.com/v1beta1\nkind: VMAgent\nmetadata: { name: main, namespace: ops }\nspec: {}\n`,
      [
        unproven(
          found(undefined, 'invalid PromQL: 1:4: unclosed left parenthesis, but MetricsQL may allow it'),
        ),
      ],
    ],
    ['the kind of another group', failing('monitoring.coreos.com/v1', 'acme.example/v1'), []],
  ],
);
