import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/probe-port-missing',
  'error',
  [
    'Pod web',
    'spec.containers[0].readinessProbe.httpGet.port',
    'container "web" has no port named "htpp"',
    'Did you mean "http"?',
  ],
  ({ failing, found }) => [
    [
      'another name',
      failing('htpp', 'admin'),
      [found(undefined, 'container "web" has no port named "admin"', 'Use "http".')],
    ],
    [
      'no names',
      failing('name: http, ', ''),
      [found(undefined, undefined, 'Its ports have no names; use the number.')],
    ],
    ['a number', failing('htpp', '9090'), []],
    [
      'once for each name',
      failing(
        'readinessProbe',
        'livenessProbe: { httpGet: { path: /, port: htpp } }\n      startupProbe: { tcpSocket: { port: httpp } }\n      readinessProbe',
      ),
      [
        found('spec.containers[0].readinessProbe.httpGet.port'),
        found('spec.containers[0].startupProbe.tcpSocket.port', 'container "web" has no port named "httpp"'),
      ],
    ],
    [
      'hooks',
      failing(
        'readinessProbe: { httpGet: { path: /, port: htpp } }',
        'lifecycle: { preStop: { httpGet: { port: htpp } }, postStart: { tcpSocket: { port: http } } }',
      ),
      [found('spec.containers[0].lifecycle.preStop.httpGet.port')],
    ],
    [
      'the livenessProbe',
      failing('readinessProbe', 'livenessProbe'),
      [found('spec.containers[0].livenessProbe.httpGet.port')],
    ],
    [
      'postStart',
      failing(
        'readinessProbe: { httpGet: { path: /, port: htpp } }',
        'lifecycle: { postStart: { tcpSocket: { port: htpp } } }',
      ),
      [found('spec.containers[0].lifecycle.postStart.tcpSocket.port')],
    ],
    [
      'the port of another container',
      failing('htpp', 'other') +
        '    - name: side\n      image: a\n      ports: [{ name: other, containerPort: 1 }]\n',
      [found(undefined, 'container "web" has no port named "other"', 'Use "http".')],
    ],
    [
      'a container without a name goes by its index',
      failing('- name: web\n      image', '- image'),
      [found(undefined, expect.stringMatching(/^container .* has no port named "htpp"$/) as string)],
    ],
  ],
);
