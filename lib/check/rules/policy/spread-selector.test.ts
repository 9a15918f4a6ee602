import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/spread-selector',
  'warning',
  [
    'Deployment shop/web',
    'spec.template.spec.topologySpreadConstraints[0].labelSelector',
    'the selector of the spread constraint does not match its own pods',
    'Use the labels of the pod template.',
  ],
  ({ failing, passing, found }) => [
    [
      'no selector',
      failing('          labelSelector: { matchLabels: { app: wbe } }\n', ''),
      [found(undefined, 'the spread constraint has no selector, so it counts no pods')],
    ],
    [
      'an expression',
      failing('matchLabels: { app: wbe }', 'matchExpressions: [{ key: app, operator: In, values: [web] }]'),
      [],
    ],
    [
      'the second constraint',
      passing(
        '        - topologyKey: topology.kubernetes.io/zone',
        '        - topologyKey: kubernetes.io/hostname\n          maxSkew: 1\n          whenUnsatisfiable: ScheduleAnyway\n          labelSelector: { matchLabels: { app: web } }\n        - topologyKey: topology.kubernetes.io/zone\n          nodeTaintsPolicy: Honor',
      ),
      [],
    ],
  ],
);
