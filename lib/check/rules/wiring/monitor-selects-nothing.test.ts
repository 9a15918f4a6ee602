import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/monitor-selects-nothing',
  'error',
  [
    'ServiceMonitor web',
    'spec.selector',
    'selector app=web matches no Services',
    'The closest match is Service web with no labels.',
  ],
  ({ failing, passing, found }) => [
    [
      'other pods',
      failing(
        'kind: ServiceMonitor',
        'kind: PodMonitor',
        'selector: { matchLabels: { app: web } }, endpoints',
        'selector: { matchLabels: { app: wbe } }, podMetricsEndpoints',
      ),
      [
        found(
          undefined,
          'selector app=wbe matches no pods',
          'The closest match is Pod web with app=web.',
          'PodMonitor web',
        ),
      ],
    ],
    [
      'a Service in another namespace',
      passing(
        'kind: ServiceMonitor\nmetadata: { name: web }',
        'kind: ServiceMonitor\nmetadata: { name: web, namespace: ops }',
        'metadata: { name: web, labels: { app: web } }\nspec: { selector',
        'metadata: { name: web, namespace: shop, labels: { app: web } }\nspec: { selector',
      ),
      [
        found(
          'spec.namespaceSelector',
          'selector app=web matches no Services in namespace "ops"',
          'Service shop/web has these labels. Add its namespace to spec.namespaceSelector.matchNames.',
          'ServiceMonitor ops/web',
        ),
      ],
    ],
    [
      'a pod in another namespace',
      failing(
        'kind: ServiceMonitor\nmetadata: { name: web }',
        'kind: ServiceMonitor\nmetadata: { name: web, namespace: ops }',
        'kind: ServiceMonitor',
        'kind: PodMonitor',
        'endpoints',
        'podMetricsEndpoints',
        'metadata: { name: web, labels: { app: web } }',
        'metadata: { name: web, namespace: shop, labels: { app: web } }',
      ),
      [
        found(
          'spec.namespaceSelector',
          'selector app=web matches no pods in namespace "ops"',
          'Pod shop/web has these labels. Add its namespace to spec.namespaceSelector.matchNames.',
          'PodMonitor ops/web',
        ),
      ],
    ],
    [
      'every namespace',
      passing(
        'metadata: { name: web, labels: { app: web } }\nspec: { selector',
        'metadata: { name: web, namespace: shop, labels: { app: web } }\nspec: { selector',
        'endpoints:',
        'namespaceSelector: { any: true }, endpoints:',
      ),
      [],
    ],
  ],
);
