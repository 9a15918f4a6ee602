import { object } from '../../../../test/plan/changes';
import { sentences, workload } from '../../../../test/plan/consequences/consequences';

const pods = (replicas?: number, kind = 'Deployment') =>
  workload(kind, replicas === undefined ? {} : { replicas });
const scaler = (minReplicas: number, maxReplicas: number) =>
  object('autoscaling/v2', 'HorizontalPodAutoscaler', {
    spec: {
      minReplicas,
      maxReplicas,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' },
    },
  });
const scaling = (before: readonly object[], after: readonly object[]) => sentences('scaling', before, after);

it('says that the only pod stops', () => {
  expect(scaling([pods(1)], [pods(0)])).toEqual([
    'warning: Deployment shop/a stops its only pod: replicas is 0.',
  ]);
});

it('says nothing of workloads that come, go, are rejected, or have a pod a node', () => {
  expect(scaling([], [pods(3)])).toEqual([]);
  expect(scaling([pods(3)], [])).toEqual([]);
  expect(scaling([pods(3)], [pods(-1)])).toEqual([]);
  expect(scaling([workload('DaemonSet')], [workload('DaemonSet', { minReadySeconds: 1 })])).toEqual([]);
});

it('does not know from how many pods a workload scales that had an autoscaler', () => {
  expect(scaling([pods(), scaler(2, 9)], [pods(4)])).toEqual([
    'info: Deployment shop/a scales from the number that its autoscaler set to 4 pods.',
    'info: HorizontalPodAutoscaler shop/a no longer scales Deployment shop/a: the next apply sets it to 4 pods again.',
  ]);
});

it('says nothing of one replica that is left to an autoscaler, or of a number that stays', () => {
  expect(scaling([pods(1), scaler(2, 9)], [pods(), scaler(2, 9)])).toEqual([]);
  const left = { ...pods(), metadata: { name: 'a', namespace: 'shop', labels: { a: 'b' } } };
  expect(scaling([pods(1), scaler(2, 9)], [left, scaler(2, 9)])).toEqual([]);
  const labelled = { ...pods(4), metadata: { name: 'a', namespace: 'shop', labels: { a: 'b' } } };
  expect(scaling([pods(4), scaler(2, 9)], [labelled, scaler(2, 9)])).toEqual([]);
});

it.each([
  [
    3,
    3,
    9,
    'info: HorizontalPodAutoscaler shop/a now keeps 3 to 9 pods of Deployment shop/a, instead of 2 to 4 pods.',
  ],
  [
    4,
    2,
    3,
    'warning: HorizontalPodAutoscaler shop/a now keeps 2 to 3 pods of Deployment shop/a, instead of 2 to 4 pods: it has 4, and is scaled down to 3 immediately.',
  ],
  [
    3,
    2,
    3,
    'info: HorizontalPodAutoscaler shop/a now keeps 2 to 3 pods of Deployment shop/a, instead of 2 to 4 pods.',
  ],
  [
    2,
    3,
    3,
    'warning: HorizontalPodAutoscaler shop/a now keeps 3 pods of Deployment shop/a, instead of 2 to 4 pods: it has 2, and is scaled up to 3 immediately.',
  ],
])('compares %d pods with a new range', (replicas, min, max, expected) => {
  expect(scaling([pods(replicas), scaler(2, 4)], [pods(replicas), scaler(min, max)])).toEqual([expected]);
});

it('says nothing of an autoscaler that changes in another way, or is rejected', () => {
  const labelled = { ...scaler(2, 4), metadata: { name: 'a', namespace: 'shop', labels: { a: 'b' } } };
  expect(scaling([pods(), scaler(2, 4)], [pods(), labelled])).toEqual([]);
  expect(scaling([pods(), scaler(2, 4)], [pods(), scaler(5, 4)])).toEqual([]);
  expect(scaling([], [scaler(2, 4)])).toEqual([]);
});
