import { ruleTest, unproven } from '../../../../test/check/rule-test';

/** The spec of the ScaledObject. */
const SCALED =
  "\n  scaleTargetRef: { name: web }\n  triggers: [{ type: rabbitmq, metadata: { queueName: orders, mode: QueueLength, value: '20' } }]";

ruleTest(
  'wiring/scalers-collide',
  'error',
  [
    'ScaledObject web-queue',
    'spec.scaleTargetRef.name',
    'Deployment web is already scaled by HorizontalPodAutoscaler web',
    'Keep one of them, or merge their metrics.',
  ],
  ({ failing, found }) => [
    [
      'the name of the workload decides',
      failing(
        'name: web-queue',
        'name: web',
        'metadata: { name: web }\nspec:\n  scaleTargetRef: { apiVersion',
        'metadata: { name: web-cpu }\nspec:\n  scaleTargetRef: { apiVersion',
      ),
      [
        [
          'HorizontalPodAutoscaler web-cpu',
          'spec.scaleTargetRef.name',
          'Deployment web is already scaled by ScaledObject web',
          'Keep one of them, or merge their metrics.',
        ],
      ],
    ],
    [
      'neither has the name of the workload',
      failing(
        'metadata: { name: web }\nspec:\n  scaleTargetRef: { apiVersion',
        'metadata: { name: web-cpu }\nspec:\n  scaleTargetRef: { apiVersion',
      ),
      [found(undefined, 'Deployment web is already scaled by HorizontalPodAutoscaler web-cpu')],
    ],
    ['another workload', failing('scaleTargetRef: { name: web }', 'scaleTargetRef: { name: other }'), []],
    [
      'a workload that is not in the set',
      failing('metadata: { name: web }\nspec:\n  selector', 'metadata: { name: other }\nspec:\n  selector'),
      [unproven(found())],
    ],
    [
      'two ScaledObjects',
      failing('autoscaling/v2\nkind: HorizontalPodAutoscaler', 'keda.sh/v1alpha1\nkind: ScaledObject'),
      [found(undefined, 'Deployment web is already scaled by ScaledObject web')],
    ],
    [
      'two ScaledObjects of two workloads with one autoscaler',
      failing(
        'autoscaling/v2\nkind: HorizontalPodAutoscaler',
        'keda.sh/v1alpha1\nkind: ScaledObject',
        'kind: Deployment, name: web',
        'kind: Deployment, name: other',
        'maxReplicas: 5',
        'advanced: { horizontalPodAutoscalerConfig: { name: keda-hpa-web-queue } }',
      ),
      [
        [
          'ScaledObject web-queue',
          'spec.advanced.horizontalPodAutoscalerConfig.name',
          'HorizontalPodAutoscaler keda-hpa-web-queue is already managed by ScaledObject web',
          'Give it another name.',
        ],
      ],
    ],
    [
      'the autoscaler that KEDA made',
      failing(
        'HorizontalPodAutoscaler\nmetadata: { name: web }',
        'HorizontalPodAutoscaler\nmetadata: { name: keda-hpa-web-queue, ownerReferences: [{ apiVersion: keda.sh/v1alpha1, kind: ScaledObject, name: web-queue, uid: a }] }',
      ),
      [],
    ],
    [
      'an autoscaler that KEDA takes over',
      failing(
        'metadata: { name: web-queue }\nspec:',
        "metadata: { name: web-queue, annotations: { scaledobject.keda.sh/transfer-hpa-ownership: 'true' } }\nspec:\n  advanced: { horizontalPodAutoscalerConfig: { name: web } }",
      ),
      [],
    ],
    [
      'an autoscaler that KEDA is told to leave alone',
      failing(
        'HorizontalPodAutoscaler\nmetadata: { name: web }',
        "HorizontalPodAutoscaler\nmetadata: { name: web, annotations: { validations.keda.sh/hpa-ownership: 'false' } }",
      ),
      [],
    ],
    [
      'a vertical autoscaler of other resources',
      failing(
        'maxReplicas: 5',
        'maxReplicas: 5\n  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }]',
        'keda.sh/v1alpha1\nkind: ScaledObject',
        'autoscaling.k8s.io/v1\nkind: VerticalPodAutoscaler',
        SCALED,
        '\n  { targetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, resourcePolicy: { containerPolicies: [{ controlledResources: [memory] }] } }',
      ),
      [],
    ],
    [
      'a vertical autoscaler of the same resource',
      failing(
        'maxReplicas: 5',
        'maxReplicas: 5\n  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }]',
        'keda.sh/v1alpha1\nkind: ScaledObject',
        'autoscaling.k8s.io/v1\nkind: VerticalPodAutoscaler',
        SCALED,
        '\n  { targetRef: { apiVersion: apps/v1, kind: Deployment, name: web } }',
      ),
      [found('spec.targetRef.name', undefined, undefined, 'VerticalPodAutoscaler web-queue')],
    ],
    [
      'a vertical autoscaler that only recommends',
      failing(
        'maxReplicas: 5',
        'maxReplicas: 5\n  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }]',
        'keda.sh/v1alpha1\nkind: ScaledObject',
        'autoscaling.k8s.io/v1\nkind: VerticalPodAutoscaler',
        SCALED,
        '\n  { targetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, updatePolicy: { updateMode: Off } }',
      ).replace('updateMode: Off', "updateMode: 'Off'"),
      [],
    ],
  ],
);
