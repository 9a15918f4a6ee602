import { ruleTest, unproven } from '../../../../test/check/rule-test';

const LIVENESS = 'spec.template.spec.containers[0].livenessProbe';

ruleTest(
  'policy/hasty-restart',
  'warning',
  [
    'Deployment shop/web',
    `${LIVENESS}.failureThreshold`,
    'livenessProbe of container "web" restarts it after one failed check',
    'Set failureThreshold to 3 or more.',
  ],
  ({ failing, passing, found }) => [
    ['two failed checks', failing('failureThreshold: 1', 'failureThreshold: 2, periodSeconds: 20'), []],
    ['the default', failing(', failureThreshold: 1', ''), []],
    [
      'a startupProbe',
      passing(
        'livenessProbe:',
        'startupProbe: { tcpSocket: { port: http }, initialDelaySeconds: 30, failureThreshold: 1 }\n          livenessProbe:',
      ),
      [
        found(
          'spec.template.spec.containers[0].startupProbe.failureThreshold',
          'startupProbe of container "web" restarts it after one failed check',
        ),
      ],
    ],
    ['a readinessProbe restarts nothing', passing('initialDelaySeconds: 5', 'failureThreshold: 1'), []],
    [
      'a container that is not ready when it is restarted',
      passing('initialDelaySeconds: 5', 'initialDelaySeconds: 120'),
      [
        found(
          LIVENESS,
          'livenessProbe of container "web" restarts it after 38s if it does not answer, and its readinessProbe only begins after 120s',
          'Add a startupProbe for the time that it needs to start.',
        ),
      ],
    ],
    [
      'a startupProbe holds the livenessProbe back',
      passing(
        'initialDelaySeconds: 5',
        'initialDelaySeconds: 120',
        'livenessProbe:',
        'startupProbe: { tcpSocket: { port: http }, failureThreshold: 60 }\n          livenessProbe:',
      ),
      [],
    ],
    [
      'a readinessProbe that fails later',
      passing('initialDelaySeconds: 5', 'failureThreshold: 10'),
      [
        unproven(
          found(
            LIVENESS,
            'livenessProbe of container "web" restarts it after 40s of failures, and its readinessProbe takes 100s to stop its requests',
            'Give the livenessProbe a higher failureThreshold.',
          ),
          'info',
        ),
      ],
    ],
    [
      'the same check is for policy/same-probes',
      passing('initialDelaySeconds: 5', 'failureThreshold: 10', '/ready', '/live'),
      [],
    ],
    ['no readinessProbe', passing('readinessProbe', 'x-readinessProbe'), []],
  ],
);
