import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/rollout-downtime',
  'warning',
  [
    'Deployment shop/web',
    'spec.strategy.rollingUpdate.maxUnavailable',
    'stops its only pod before a new one is ready',
    'Set maxUnavailable: 0, and maxSurge to at least 1.',
  ],
  ({ failing, found }) => [
    [
      'all of several pods',
      failing('replicas: 1', 'replicas: 2', 'maxUnavailable: 1', 'maxUnavailable: 2'),
      [found(undefined, 'stops all 2 pods before a new one is ready')],
    ],
    ['all but one', failing('replicas: 1', 'replicas: 2'), []],
    ['a percentage', failing('maxUnavailable: 1', "maxUnavailable: '100%'"), [found()]],
    [
      'the default rounds down to none',
      failing('rollingUpdate: { maxUnavailable: 1 }', 'rollingUpdate: {}'),
      [],
    ],
    ['no replicas', failing('replicas: 1', 'replicas: 0'), []],
    ['the default of replicas is one', failing('  replicas: 1\n', ''), [found()]],
    ['Recreate is for policy/recreate', failing('strategy:', 'strategy:\n    type: Recreate'), []],
    ['no Service', failing('kind: Service', 'kind: Other'), []],
    ['another kind', failing('kind: Deployment', 'kind: ReplicaSet'), []],
    [
      'the minimum of an autoscaler',
      `${failing()}---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web, namespace: shop }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, minReplicas: 2, maxReplicas: 3 }
`,
      [],
    ],
  ],
);
