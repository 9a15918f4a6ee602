import { ruleTest, unproven } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/service-target-port',
  'error',
  [
    'Service web',
    'spec.ports[0].targetPort',
    'no container of Pod web has TCP port "htpp"',
    'They have http (8080/TCP).',
  ],
  ({ failing, found }) => [
    [
      'a number may work without being declared',
      failing('port: 80, targetPort: htpp', 'port: 80'),
      [unproven(found('spec.ports[0].port', 'no container of Pod web declares TCP port "80"'), 'info')],
    ],
    [
      'a number of another protocol',
      failing('port: 80, targetPort: htpp', 'port: 80, targetPort: 8080, protocol: UDP'),
      [
        unproven(
          found('spec.ports[0].protocol', 'port "8080" of Pod web is TCP, not UDP', 'Set protocol: TCP.'),
          'info',
        ),
      ],
    ],
    [
      'a port that a webhook adds with its sidecar',
      failing('targetPort: htpp', 'targetPort: linkerd-admin'),
      [],
    ],
    [
      'a port of a sidecar that a resource of another group adds',
      failing('targetPort: htpp', 'targetPort: proxy-admin') +
        `---
apiVersion: apps.kruise.io/v1alpha1
kind: SidecarSet
metadata: { name: proxy }
spec: { containers: [{ name: proxy, image: a, ports: [{ name: proxy-admin, containerPort: 9901 }] }] }
`,
      [
        unproven(
          found(
            undefined,
            'no container of Pod web has TCP port "proxy-admin", but SidecarSet proxy may add it',
          ),
        ),
      ],
    ],
    [
      'a number as text is a name',
      failing('port: 80, targetPort: htpp }', "port: 80, targetPort: '8080' }"),
      [found('spec.ports[0].targetPort', 'no container of Pod web has TCP port "8080"')],
    ],
    ['the number of a port', failing('port: 80, targetPort: htpp }', 'port: 80, targetPort: 8080 }'), []],
    ['null is not set', failing('port: 80, targetPort: htpp }', 'port: 8080, targetPort: null }'), []],
    [
      'another protocol in the Service',
      failing('port: 80, targetPort: htpp }', 'port: 80, targetPort: http, protocol: UDP }'),
      [found('spec.ports[0].protocol', 'port "http" of Pod web is TCP, not UDP', 'Set protocol: TCP.')],
    ],
    [
      'another protocol in the pod',
      failing(
        'port: 80, targetPort: htpp }',
        'port: 80, targetPort: http }',
        'containerPort: 8080',
        'containerPort: 8080, protocol: SCTP',
      ),
      [found('spec.ports[0].targetPort', 'port "http" of Pod web is SCTP, not TCP', 'Set protocol: SCTP.')],
    ],
    [
      'each port',
      failing(
        '[{ port: 80, targetPort: htpp }]',
        '[{ name: a, port: 80, targetPort: htpp }, { name: b, port: 81, targetPort: admn }]',
      ),
      [found(), found('spec.ports[1].targetPort', 'no container of Pod web has TCP port "admn"')],
    ],
    [
      'a number, of pods that declare no ports',
      failing(', ports: [{ name: http, containerPort: 8080 }]', '', ', targetPort: htpp', ''),
      [],
    ],
    [
      'a name, of pods that declare no ports',
      failing(
        ', ports: [{ name: http, containerPort: 8080 }]',
        '',
        'port: 80, targetPort: htpp }',
        'port: 80, targetPort: http }',
      ),
      [['Service web', 'spec.ports[0].targetPort', 'no container of Pod web has TCP port "http"']],
    ],
    ['no pods', failing('selector: { app: web }', 'selector: { app: other }'), []],
    [
      'several pods',
      failing() +
        '---\napiVersion: v1\nkind: Pod\nmetadata: { name: other, labels: { app: web } }\nspec: { containers: [{ name: web, image: a, ports: [{ containerPort: 9090 }] }] }\n',
      [
        found(
          undefined,
          'no container of Pod web and Pod other has TCP port "htpp"',
          'They have http (8080/TCP), 9090/TCP.',
        ),
      ],
    ],
    [
      'one of several pods has it',
      failing() +
        '---\napiVersion: v1\nkind: Pod\nmetadata: { name: other, labels: { app: web } }\nspec: { containers: [{ name: web, image: a, ports: [{ name: htpp, containerPort: 80 }] }] }\n',
      [],
    ],
  ],
);
