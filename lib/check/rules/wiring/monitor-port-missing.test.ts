import { ruleTest, unproven } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/monitor-port-missing',
  'error',
  [
    'PodMonitor web',
    'spec.podMetricsEndpoints[0].port',
    'no container of Pod web has port "metrics"',
    'They have http (8080/TCP).',
  ],
  ({ failing, found }) => [
    [
      'a similar name',
      failing('port: metrics', 'port: htpp'),
      [found(undefined, 'no container of Pod web has port "htpp"', 'Did you mean "http"?')],
    ],
    [
      'a number',
      failing('port: metrics', 'portNumber: 9090'),
      [
        unproven(
          found('spec.podMetricsEndpoints[0].portNumber', 'no container of Pod web declares port "9090"'),
          'info',
        ),
      ],
    ],
    ['the number of a port', failing('port: metrics', 'portNumber: 8080'), []],
    [
      'targetPort',
      failing('port: metrics', 'targetPort: 9090'),
      [
        unproven(
          found('spec.podMetricsEndpoints[0].targetPort', 'no container of Pod web declares port "9090"'),
          'info',
        ),
      ],
    ],
    ['the first of several fields', failing('port: metrics', 'port: http, targetPort: 9090'), []],
    [
      'a port of UDP',
      failing('port: metrics', 'port: http', 'containerPort: 8080', 'containerPort: 8080, protocol: UDP'),
      [found(undefined, 'no container of Pod web has port "http"', 'Did you mean "http"?')],
    ],
    [
      'the port of a Service',
      failing('kind: PodMonitor', 'kind: ServiceMonitor', 'podMetricsEndpoints', 'endpoints') +
        '---\napiVersion: v1\nkind: Service\nmetadata: { name: web, labels: { app: web } }\nspec: { selector: { app: web }, ports: [{ name: http, port: 80 }, { name: admin, port: 81 }] }\n',
      [
        found(
          'spec.endpoints[0].port',
          'Service web has no port named "metrics"',
          'Use "http" or "admin".',
          'ServiceMonitor web',
        ),
      ],
    ],
    [
      'a similar port of a Service',
      failing(
        'kind: PodMonitor',
        'kind: ServiceMonitor',
        'podMetricsEndpoints: [{ port: metrics',
        'endpoints: [{ port: htpp',
      ) +
        '---\napiVersion: v1\nkind: Service\nmetadata: { name: web, labels: { app: web } }\nspec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }\n',
      [
        found(
          'spec.endpoints[0].port',
          'Service web has no port named "htpp"',
          'Did you mean "http"?',
          'ServiceMonitor web',
        ),
      ],
    ],
    [
      'a Service without names',
      failing('kind: PodMonitor', 'kind: ServiceMonitor', 'podMetricsEndpoints', 'endpoints') +
        '---\napiVersion: v1\nkind: Service\nmetadata: { name: web, labels: { app: web } }\nspec: { selector: { app: web }, ports: [{ port: 80 }] }\n',
      [
        found(
          'spec.endpoints[0].port',
          'Service web has no port named "metrics"',
          'Name the port of the Service.',
          'ServiceMonitor web',
        ),
      ],
    ],
    [
      'a selector that may match Services of a chart as well',
      failing('kind: PodMonitor', 'kind: ServiceMonitor', 'podMetricsEndpoints', 'endpoints') +
        '---\napiVersion: v1\nkind: Service\nmetadata: { name: web, labels: { app: web } }\nspec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }\n' +
        '---\napiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: exporter, namespace: default }\n',
      [
        unproven(
          found(
            'spec.endpoints[0].port',
            'Service web has no port named "metrics", but HelmRelease default/exporter may create more Services',
            'Use "http".',
            'ServiceMonitor web',
          ),
        ),
      ],
    ],
    [
      'the targetPort of a Service',
      failing(
        'kind: PodMonitor',
        'kind: ServiceMonitor',
        'podMetricsEndpoints: [{ port: metrics',
        'endpoints: [{ targetPort: 9090',
      ) +
        '---\napiVersion: v1\nkind: Service\nmetadata: { name: web, labels: { app: web } }\nspec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }\n',
      [
        unproven(
          found(
            'spec.endpoints[0].targetPort',
            'no container of Pod web declares port "9090"',
            undefined,
            'ServiceMonitor web',
          ),
          'info',
        ),
      ],
    ],
  ],
);
