import { ruleTest, type Case } from '../../../../test/check/rule-test';

ruleTest(
  'policy/same-probes',
  'warning',
  [
    'Pod shop/web',
    'spec.containers[0].livenessProbe',
    'livenessProbe of container "web" repeats its readinessProbe and fails as soon',
    'Give the livenessProbe a higher failureThreshold, or another check.',
  ],
  ({ failing, passing, found }) => [
    [
      'another path',
      failing(
        'livenessProbe:\n        httpGet: { path: /healthz',
        'livenessProbe:\n        httpGet: { path: /live',
      ),
      [],
    ],
    [
      'another port',
      failing(
        'livenessProbe:\n        httpGet: { path: /healthz, port: 8080 }',
        'livenessProbe:\n        httpGet: { path: /healthz, port: 8081 }',
      ),
      [],
    ],
    [
      'another scheme',
      failing(
        'livenessProbe:\n        httpGet: { path: /healthz',
        'livenessProbe:\n        httpGet: { scheme: HTTPS, path: /healthz',
      ),
      [],
    ],
    ...['grpc: { port: 9090 }', 'tcpSocket: { port: 9090 }', 'exec: { command: [ready] }'].map(
      (handler): Case => [
        `the same ${handler}`,
        failing('httpGet: { path: /healthz, port: 8080 }', handler),
        [found()],
      ],
    ),
    ...[
      ['grpc: { port: 9090 }', 'grpc: { port: 9091 }'],
      ['tcpSocket: { port: 9090 }', 'tcpSocket: { port: 9091 }'],
      ['exec: { command: [a, b] }', 'exec: { command: [a, c] }'],
    ].map(([ready = '', live = '']): Case => [
      `${ready} and ${live}`,
      failing(
        'livenessProbe:\n        httpGet: { path: /healthz, port: 8080 }',
        `livenessProbe:\n        ${live}`,
        'readinessProbe:\n        httpGet: { path: /healthz, port: 8080 }',
        `readinessProbe:\n        ${ready}`,
      ),
      [],
    ]),
    [
      'another order of fields',
      failing(
        'livenessProbe:\n        httpGet: { path: /healthz, port: 8080 }',
        'livenessProbe:\n        httpGet: { port: 8080, path: /healthz }',
      ),
      [found()],
    ],
    [
      'another handler',
      failing(
        'livenessProbe:\n        httpGet: { path: /healthz, port: 8080 }',
        'livenessProbe:\n        tcpSocket: { port: 8080 }',
      ),
      [],
    ],
    [
      'another header',
      failing(
        'livenessProbe:\n        httpGet: {',
        'livenessProbe:\n        httpGet: { httpHeaders: [{ name: X, value: y }],',
      ),
      [found()],
    ],
    [
      'another virtual host',
      failing(
        'livenessProbe:\n        httpGet: {',
        'livenessProbe:\n        httpGet: { httpHeaders: [{ name: host, value: y }],',
      ),
      [],
    ],
    [
      'the same command in another order of fields',
      failing(
        'readinessProbe:\n        httpGet: { path: /healthz, port: 8080 }',
        'readinessProbe:\n        grpc: { port: 1, service: a }',
        'livenessProbe:\n        httpGet: { path: /healthz, port: 8080 }',
        'livenessProbe:\n        grpc: { service: a, port: 1 }',
      ),
      [found()],
    ],
    [
      'another command',
      failing(
        'readinessProbe:\n        httpGet: { path: /healthz, port: 8080 }',
        'readinessProbe:\n        exec: { command: [a, b] }',
        'livenessProbe:\n        httpGet: { path: /healthz, port: 8080 }',
        'livenessProbe:\n        exec: { command: [b, a] }',
      ),
      [],
    ],
    ['a longer period', passing('failureThreshold: 10', 'periodSeconds: 11'), []],
    ['a shorter period', passing('failureThreshold: 10', 'periodSeconds: 9'), [found()]],
    ['one failure more', passing('failureThreshold: 10', 'failureThreshold: 4'), []],
    [
      'a patient readinessProbe',
      passing('readinessProbe:', 'readinessProbe:\n        failureThreshold: 10'),
      [found()],
    ],
    [
      'no readinessProbe',
      failing('      readinessProbe:\n        httpGet: { path: /healthz, port: 8080 }\n', ''),
      [],
    ],
    [
      'no livenessProbe',
      failing('      livenessProbe:\n        httpGet: { path: /healthz, port: 8080 }\n', ''),
      [],
    ],
  ],
);
