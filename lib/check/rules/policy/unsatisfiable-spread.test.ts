import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/unsatisfiable-spread',
  'error',
  [
    'Deployment shop/web',
    'spec.template.spec.topologySpreadConstraints[0].minDomains',
    'requires 3 pods to run apart, but the cluster has 2 zones',
    'Run fewer replicas, or make it a preference.',
  ],
  ({ failing, found }) => [
    ['as many pods as domains', failing('replicas: 3', 'replicas: 2'), []],
    ['a skew of two', failing('maxSkew: 1', 'maxSkew: 2'), []],
    ['as many domains as minDomains', failing('minDomains: 4', 'minDomains: 2'), []],
    ['a preference', failing('DoNotSchedule', 'ScheduleAnyway'), []],
    ['other pods', failing('matchLabels: { app: web }', 'matchLabels: { app: api }'), []],
    [
      'nodes',
      failing('topologyKey: topology.kubernetes.io/zone', 'topologyKey: kubernetes.io/hostname'),
      [found(undefined, 'requires 3 pods to run apart, but the cluster has 2 nodes')],
    ],
    [
      'another key',
      failing('topologyKey: topology.kubernetes.io/zone', 'topologyKey: acme.example/rack'),
      [],
    ],
    [
      'anti-affinity',
      failing(
        'topologySpreadConstraints:\n        - topologyKey: topology.kubernetes.io/zone\n          maxSkew: 1\n          minDomains: 4\n          whenUnsatisfiable: DoNotSchedule\n          labelSelector: { matchLabels: { app: web } }',
        'affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: topology.kubernetes.io/zone, labelSelector: { matchLabels: { app: web } } }] } }',
      ),
      [
        found(
          'spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey',
        ),
      ],
    ],
    [
      'anti-affinity to other pods',
      failing(
        'topologySpreadConstraints:\n        - topologyKey: topology.kubernetes.io/zone\n          maxSkew: 1\n          minDomains: 4\n          whenUnsatisfiable: DoNotSchedule\n          labelSelector: { matchLabels: { app: web } }',
        'affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: topology.kubernetes.io/zone, labelSelector: { matchLabels: { app: api } } }] } }',
      ),
      [],
    ],
    ['an unknown cluster', failing('kind: Node', 'kind: Other'), []],
    [
      'the node pools of the profile',
      failing('kind: Node', 'kind: Other'),
      [found(undefined, 'requires 3 pods to run apart, but the cluster has 1 zone')],
      { profile: { nodePools: [{ name: 'a', zones: ['a'], size: 3 }] } },
    ],
    [
      'the nodes that the pods select',
      failing(
        '      containers:',
        '      nodeSelector: { topology.kubernetes.io/zone: a }\n      containers:',
      ),
      [found(undefined, 'requires 3 pods to run apart, but the cluster has 1 zone')],
    ],
  ],
);
