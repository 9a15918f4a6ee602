import { ruleTest, unproven } from '../../../../test/check/rule-test';

function scaler(metric: string): string {
  return `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  maxReplicas: 5
  metrics: [{ type: ${metric} }]
`;
}

ruleTest(
  'wiring/selectors-overlap',
  'warning',
  [
    'Deployment web',
    'spec.selector',
    'selector app=web also matches the pods of Deployment worker',
    'Give each workload its own label in selector and template.',
  ],
  ({ failing, found }) => [
    [
      'an autoscaler that counts the pods of both',
      failing() +
        scaler('Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } }'),
      [
        unproven(
          found(
            undefined,
            'selector app=web also matches the pods of Deployment worker: HorizontalPodAutoscaler web measures and counts both',
          ),
          'error',
        ),
      ],
    ],
    [
      'an autoscaler that measures something else',
      failing() +
        scaler(
          'External, external: { metric: { name: jobs }, target: { type: AverageValue, averageValue: 1 } }',
        ),
      [found()],
    ],
    ['equal selectors are one mistake', failing('app: web, part: worker', 'app: web'), [found()]],
    [
      'another namespace',
      failing('metadata: { name: worker }', 'metadata: { name: worker, namespace: shop }'),
      [],
    ],
    [
      'a Pod',
      failing(
        'apps/v1\nkind: Deployment\nmetadata: { name: worker }',
        'v1\nkind: Pod\nmetadata: { name: worker, labels: { app: web } }',
      ),
      [],
    ],
    [
      'Jobs',
      failing(
        'apps/v1\nkind: Deployment\nmetadata: { name: worker }',
        'batch/v1\nkind: Job\nmetadata: { name: worker }',
      ),
      [],
    ],
    [
      'a StatefulSet',
      failing(
        'kind: Deployment\nmetadata: { name: worker }',
        'kind: StatefulSet\nmetadata: { name: worker }',
      ),
      [found(undefined, 'selector app=web also matches the pods of StatefulSet worker')],
    ],
    [
      'a DaemonSet',
      failing('kind: Deployment\nmetadata: { name: worker }', 'kind: DaemonSet\nmetadata: { name: worker }'),
      [found(undefined, 'selector app=web also matches the pods of DaemonSet worker')],
    ],
    [
      'a ReplicaSet',
      failing('kind: Deployment\nmetadata: { name: worker }', 'kind: ReplicaSet\nmetadata: { name: worker }'),
      [found(undefined, 'selector app=web also matches the pods of ReplicaSet worker')],
    ],
    [
      'copies of one object are for wiring/duplicate-identity',
      failing('metadata: { name: worker }', 'metadata: { name: web }'),
      [],
    ],
    ['an empty selector', failing('selector: { matchLabels: { app: web } }', 'selector: {}'), []],
  ],
);
