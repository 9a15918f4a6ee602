import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/probe-timeout',
  'warning',
  [
    'Deployment shop/web',
    'spec.template.spec.containers[0].readinessProbe.timeoutSeconds',
    'readinessProbe of container "web" waits 20s for an answer but has a period of 5s: no answer is a failure after 60s, not 15s',
    'Set timeoutSeconds to less than periodSeconds.',
  ],
  ({ failing, found }) => [
    ['as long as the period', failing('timeoutSeconds: 20', 'timeoutSeconds: 5'), []],
    [
      'the default period',
      failing('periodSeconds: 5, ', ''),
      [
        found(
          undefined,
          'readinessProbe of container "web" waits 20s for an answer but has a period of 10s: no answer is a failure after 60s, not 30s',
        ),
      ],
    ],
    ['the default timeout', failing(', timeoutSeconds: 20', ''), []],
    [
      'a livenessProbe with its own threshold',
      failing(
        'readinessProbe',
        'livenessProbe',
        'timeoutSeconds: 20',
        'timeoutSeconds: 6, failureThreshold: 2',
      ),
      [
        found(
          'spec.template.spec.containers[0].livenessProbe.timeoutSeconds',
          'livenessProbe of container "web" waits 6s for an answer but has a period of 5s: no answer is a failure after 12s, not 10s',
        ),
      ],
    ],
  ],
);
