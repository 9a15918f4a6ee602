import { ruleTest } from '../../../../test/check/rule-test';

const PATH = 'spec.template.spec.containers[0].readinessProbe.initialDelaySeconds';

ruleTest(
  'policy/late-readiness',
  'warning',
  [
    'Deployment shop/web',
    PATH,
    'readinessProbe of container "web" begins after 400s: its pods get no requests before',
    'Use a startupProbe with a short period and a high failureThreshold.',
  ],
  ({ failing, found }) => [
    ['four minutes', failing('400', '240'), []],
    [
      'the default deadline',
      failing('400', '600'),
      [
        found(
          undefined,
          'readinessProbe of container "web" begins after 600s, and progressDeadlineSeconds is 600: each rollout is reported as failed before its first pod can be ready',
        ),
      ],
    ],
    [
      'a deadline of its own',
      failing('400', '90', 'replicas: 2', 'progressDeadlineSeconds: 60'),
      [
        found(
          undefined,
          'readinessProbe of container "web" begins after 90s, and progressDeadlineSeconds is 60: each rollout is reported as failed before its first pod can be ready',
        ),
      ],
    ],
    ['a later deadline', failing('400', '90', 'replicas: 2', 'progressDeadlineSeconds: 120'), []],
    [
      'a StatefulSet, which has no deadline',
      failing('400', '900', 'kind: Deployment', 'kind: StatefulSet'),
      [
        found(
          undefined,
          'readinessProbe of container "web" begins after 900s: its pods get no requests before',
          undefined,
          'StatefulSet shop/web',
        ),
      ],
    ],
    [
      'a startupProbe',
      failing('readinessProbe', 'startupProbe'),
      [
        found(
          'spec.template.spec.containers[0].startupProbe.initialDelaySeconds',
          'startupProbe of container "web" begins after 400s: its pods get no requests before',
        ),
      ],
    ],
    ['a livenessProbe', failing('readinessProbe', 'livenessProbe'), []],
  ],
);
