import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/readiness-probe',
  'warning',
  [
    'Deployment shop/web',
    'spec.template.spec.containers[0].readinessProbe',
    'container "web" has no readinessProbe and gets requests from Service "web" before it is ready',
    'Add a readinessProbe that checks the container itself.',
  ],
  ({ failing, passing, found }) => [
    [
      'a Service that publishes pods before they are ready',
      failing('  ports:\n    - port: 80', '  publishNotReadyAddresses: true\n  ports:\n    - port: 80'),
      [],
    ],
    ['no Service', failing('kind: Service', 'kind: Other'), []],
    [
      'a Service in another namespace',
      failing(
        'namespace: shop\nspec:\n  selector:\n    app',
        'namespace: other\nspec:\n  selector:\n    app',
      ),
      [],
    ],
    [
      'two Services',
      `${failing()}---
apiVersion: v1
kind: Service
metadata: { name: admin, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 8080 }] }
`,
      [
        found(
          undefined,
          'container "web" has no readinessProbe and gets requests from Service "web" and Service "admin" before it is ready',
        ),
      ],
    ],
    [
      'the container that has the port by name',
      failing(
        '- containerPort: 8080',
        '- containerPort: 8081',
        '---',
        '        - name: api\n          image: acme/web:1.4.2\n          ports: [{ name: http, containerPort: 8080 }]\n---',
        'targetPort: 8080',
        'targetPort: http',
      ),
      [
        found(
          'spec.template.spec.containers[1].readinessProbe',
          'container "api" has no readinessProbe and gets requests from Service "web" before it is ready',
        ),
      ],
    ],
    [
      'the port of the Service without a targetPort',
      failing(
        '- containerPort: 8080',
        '- containerPort: 8081',
        '---',
        '        - name: api\n          image: acme/web:1.4.2\n          ports: [{ containerPort: 80 }]\n---',
        '      targetPort: 8080\n',
        '',
      ),
      [
        found(
          'spec.template.spec.containers[1].readinessProbe',
          'container "api" has no readinessProbe and gets requests from Service "web" before it is ready',
        ),
      ],
    ],
    [
      'the first container if none declares the port',
      failing(
        '          ports:\n            - containerPort: 8080\n',
        '',
        '---',
        '        - name: side\n          image: acme/web:1.4.2\n---',
      ),
      [found()],
    ],
    [
      'a probe of the container that has the port',
      passing('---', '        - name: side\n          image: acme/web:1.4.2\n---'),
      [],
    ],
    [
      'null is not set',
      passing('readinessProbe:\n            httpGet: { path: /healthz, port: 8080 }', 'readinessProbe: null'),
      [found()],
    ],
  ],
);
