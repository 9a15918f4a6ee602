import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/spread',
  'info',
  [
    'Deployment shop/web',
    'spec.template.spec.topologySpreadConstraints',
    'all of its 2 pods may run on one node',
    'Add a topologySpreadConstraint with whenUnsatisfiable: ScheduleAnyway.',
  ],
  ({ failing, found }) => [
    [
      'the number of pods',
      failing('replicas: 2', 'replicas: 4'),
      [found(undefined, 'all of its 4 pods may run on one node')],
    ],
    ['a single pod', failing('replicas: 2', 'replicas: 1'), []],
    ['no Service', failing('kind: Service', 'kind: Other'), []],
    [
      'no constraints',
      failing('      containers:', '      topologySpreadConstraints: []\n      containers:'),
      [found()],
    ],
    [
      'anti-affinity',
      failing('      containers:', '      affinity: { podAntiAffinity: {} }\n      containers:'),
      [],
    ],
    [
      'affinity',
      failing('      containers:', '      affinity: { podAffinity: {} }\n      containers:'),
      [found()],
    ],
  ],
);
