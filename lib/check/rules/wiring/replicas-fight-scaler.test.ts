import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/replicas-fight-scaler',
  'warning',
  [
    'Deployment web',
    'spec.replicas',
    'HorizontalPodAutoscaler web sets the replicas of this workload',
    'Remove replicas, and set the minimum in the autoscaler.',
  ],
  ({ failing, found }) => [
    ['zero switches the autoscaler off', failing('replicas: 3', 'replicas: 0'), []],
    ['null is not set', failing('replicas: 3', 'replicas: null'), []],
    [
      'KEDA',
      failing(
        'autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: web }\nspec:\n  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }',
        'keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: { name: web }\nspec:\n  scaleTargetRef: { name: web }',
      ),
      [found(undefined, 'ScaledObject web sets the replicas of this workload')],
    ],
    [
      'a vertical autoscaler',
      failing(
        'autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: web }\nspec:\n  scaleTargetRef',
        'autoscaling.k8s.io/v1\nkind: VerticalPodAutoscaler\nmetadata: { name: web }\nspec:\n  targetRef',
      ),
      [],
    ],
    [
      'a workload that is assumed',
      failing().split('---')[1] ?? '',
      [],
      { assume: failing().split('---')[0] ?? '' },
    ],
  ],
);
