import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/monitor-ignored',
  'error',
  [
    'PrometheusRule web',
    'metadata.labels',
    'no Prometheus selects it: ruleSelector requires prometheus=main',
    'Add the labels prometheus=main.',
  ],
  ({ failing, passing, found }) => [
    [
      'a ServiceMonitor',
      passing('kind: PrometheusRule', 'kind: ServiceMonitor'),
      [
        found(
          undefined,
          'no Prometheus selects it: serviceMonitorSelector is not set',
          'Set spec.serviceMonitorSelector of the Prometheus; {} selects all.',
          'ServiceMonitor web',
        ),
      ],
    ],
    [
      'a PodMonitor',
      passing('kind: PrometheusRule', 'kind: PodMonitor', 'ruleSelector:', 'podMonitorSelector:'),
      [],
    ],
    [
      'a rule that a ThanosRuler selects',
      `${failing()}---\napiVersion: monitoring.coreos.com/v1\nkind: ThanosRuler\nmetadata: { name: all }\nspec: { ruleSelector: {} }\n`,
      [],
    ],
    ['another label', passing('labels: { prometheus: main }', 'labels: { prometheus: other }'), [found()]],
    [
      'another namespace',
      passing('name: web,', 'name: web, namespace: shop,'),
      [
        found(
          'metadata.namespace',
          'no Prometheus selects it: it selects only from its own namespace "default"',
          'Set spec.ruleNamespaceSelector of the Prometheus.',
          'PrometheusRule shop/web',
        ),
      ],
    ],
    [
      'a namespace that is not selected',
      passing(
        'name: web,',
        'name: web, namespace: shop,',
        'spec: { ruleSelector',
        'spec: { ruleNamespaceSelector: { matchLabels: { team: a } }, ruleSelector',
      ) + '---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { team: b } }\n',
      [
        found(
          'metadata.namespace',
          'no Prometheus selects it: ruleNamespaceSelector requires team=a',
          'Add the labels team=a to namespace "shop".',
          'PrometheusRule shop/web',
        ),
      ],
    ],
    [
      'a namespace that is selected',
      passing(
        'name: web,',
        'name: web, namespace: shop,',
        'spec: { ruleSelector',
        'spec: { ruleNamespaceSelector: { matchLabels: { team: a } }, ruleSelector',
      ) + '---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { team: a } }\n',
      [],
    ],
    [
      'a namespace that is unknown',
      passing(
        'name: web,',
        'name: web, namespace: shop,',
        'spec: { ruleSelector',
        'spec: { ruleNamespaceSelector: { matchLabels: { team: a } }, ruleSelector',
      ),
      [],
    ],
    [
      'a second Prometheus that selects it',
      failing() +
        '---\napiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: { name: other }\nspec: { ruleSelector: {} }\n',
      [],
    ],
    ['another kind of the group', failing('kind: PrometheusRule', 'kind: Probe'), []],
    [
      'the kind of another group',
      failing('monitoring.coreos.com/v1\nkind: PrometheusRule', 'acme.example/v1\nkind: PrometheusRule'),
      [],
    ],
    [
      'no Prometheus',
      'apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: { name: web }\nspec: { groups: [] }\n',
      [],
    ],
    [
      'the profile',
      'apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: { name: web }\nspec: { groups: [] }\n',
      [found()],
      { profile: { prometheus: { ruleSelector: { matchLabels: { prometheus: 'main' } } } } },
    ],
    [
      'the profile without a selector',
      'apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: { name: web }\nspec: { groups: [] }\n',
      [],
      { profile: { prometheus: { podMonitorSelector: { matchLabels: { prometheus: 'main' } } } } },
    ],
  ],
);
