import { ruleTest, unproven } from '../../../../test/check/rule-test';

const WEBHOOK = `---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: ports }
webhooks:
  - name: ports.example.com
    rules: [{ apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods] }]
`;

function templateOf(apiVersion: string, kind: string): string {
  return `apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: web }
spec:
  template:
    spec:
      containers:
        - name: web
          image: a
          ports: [{ name: http, containerPort: 8080 }]
          readinessProbe: { httpGet: { port: admin } }
`;
}

ruleTest(
  'wiring/probe-port-missing',
  'error',
  [
    'Pod web',
    'spec.containers[0].readinessProbe.httpGet.port',
    'container "web" has no port named "htpp", so its readinessProbe always fails and the pod never becomes ready',
    'Did you mean "http"?',
  ],
  ({ failing, found }) => [
    [
      'another name',
      failing('htpp', 'admin'),
      [
        found(
          undefined,
          'container "web" has no port named "admin", so its readinessProbe always fails and the pod never becomes ready',
          'Use "http".',
        ),
      ],
    ],
    [
      'no names',
      failing('name: http, ', ''),
      [found(undefined, undefined, 'Its ports have no names; use the number.')],
    ],
    ['a number', failing('htpp', '8080'), []],
    [
      'a number that is not declared',
      failing('htpp', '9090'),
      [
        unproven(
          found(
            undefined,
            'container "web" declares no port 9090, which its readinessProbe asks',
            'Use "8080", or declare it.',
          ),
          'info',
        ),
      ],
    ],
    [
      'a number that is not declared, by gRPC',
      failing('httpGet: { path: /, port: htpp }', 'grpc: { port: 9090 }'),
      [
        unproven(
          found(
            'spec.containers[0].readinessProbe.grpc.port',
            'container "web" declares no port 9090, which its readinessProbe asks',
            'Use "8080", or declare it.',
          ),
          'info',
        ),
      ],
    ],
    ['a number of another host', failing('port: htpp', 'port: 9090, host: a.test'), []],
    [
      'a number where no port is declared',
      failing('htpp', '9090', '      ports: [{ name: http, containerPort: 8080 }]\n', ''),
      [],
    ],
    [
      'a number of another container',
      failing('htpp', '1') + '    - name: side\n      image: a\n      ports: [{ containerPort: 1 }]\n',
      [],
    ],
    ['a number as text is for admission', failing('htpp', "'9090'"), []],
    [
      'a webhook that may add the port',
      failing('htpp', 'admin') + WEBHOOK,
      [
        unproven(
          found(
            undefined,
            'container "web" has no port named "admin", but MutatingWebhookConfiguration ports may add it',
            'Use "http".',
          ),
        ),
      ],
    ],
    ['a slip, whatever a webhook may add', failing() + WEBHOOK, [found()]],
    [
      'a container that Istio completes',
      failing('htpp', 'admin', 'nginx:1.27', 'auto'),
      [
        unproven(
          found(
            undefined,
            'container "web" has no port named "admin", but the injection of Istio may add it',
            'Use "http".',
          ),
        ),
      ],
    ],
    [
      'a template that a controller may complete',
      templateOf('example.com/v1', 'Runner'),
      [
        unproven([
          'Runner web',
          'spec.template.spec.containers[0].readinessProbe.httpGet.port',
          'container "web" has no port named "admin", but the controller of Runner may add it',
          'Use "http".',
        ]),
      ],
    ],
    [
      'a template that runs as it is',
      templateOf('argoproj.io/v1alpha1', 'Rollout'),
      [
        [
          'Rollout web',
          'spec.template.spec.containers[0].readinessProbe.httpGet.port',
          'container "web" has no port named "admin", so its readinessProbe always fails and the pod never becomes ready',
          'Use "http".',
        ],
      ],
    ],
    [
      'once for each name',
      failing(
        'readinessProbe',
        'livenessProbe: { httpGet: { path: /, port: htpp } }\n      startupProbe: { tcpSocket: { port: httpp } }\n      readinessProbe',
      ),
      [
        found('spec.containers[0].readinessProbe.httpGet.port'),
        found(
          'spec.containers[0].startupProbe.tcpSocket.port',
          'container "web" has no port named "httpp", so its startupProbe always fails and the container restarts forever',
        ),
      ],
    ],
    [
      'hooks',
      failing(
        'readinessProbe: { httpGet: { path: /, port: htpp } }',
        'lifecycle: { preStop: { httpGet: { port: htpp } }, postStart: { tcpSocket: { port: http } } }',
      ),
      [
        found(
          'spec.containers[0].lifecycle.preStop.httpGet.port',
          'container "web" has no port named "htpp", so its preStop hook always fails and the container stops without it',
        ),
      ],
    ],
    [
      'the livenessProbe',
      failing('readinessProbe', 'livenessProbe'),
      [
        found(
          'spec.containers[0].livenessProbe.httpGet.port',
          'container "web" has no port named "htpp", so its livenessProbe always fails and the container restarts forever',
        ),
      ],
    ],
    [
      'postStart',
      failing(
        'readinessProbe: { httpGet: { path: /, port: htpp } }',
        'lifecycle: { postStart: { tcpSocket: { port: htpp } } }',
      ),
      [
        found(
          'spec.containers[0].lifecycle.postStart.tcpSocket.port',
          'container "web" has no port named "htpp", so its postStart hook always fails and the container restarts forever',
        ),
      ],
    ],
    [
      'the port of another container',
      failing('htpp', 'other') +
        '    - name: side\n      image: a\n      ports: [{ name: other, containerPort: 1 }]\n',
      [
        found(
          undefined,
          'container "web" has no port named "other", so its readinessProbe always fails and the pod never becomes ready',
          'Use "http".',
        ),
      ],
    ],
    [
      'a container without a name goes by its index',
      failing('- name: web\n      image', '- image'),
      [found(undefined, expect.stringMatching(/^container .* has no port named "htpp", so /) as string)],
    ],
  ],
);
