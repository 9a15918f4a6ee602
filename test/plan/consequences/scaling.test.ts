import { object } from '../changes';
import { consequences, sentences, workload } from './consequences';

const scaler = (minReplicas = 3, maxReplicas = 9): object =>
  object('autoscaling/v2', 'HorizontalPodAutoscaler', {
    spec: {
      minReplicas,
      maxReplicas,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' },
    },
  });
const pods = (replicas?: number): object =>
  workload('Deployment', replicas === undefined ? {} : { replicas });

it('says from how many pods to how many', () => {
  expect(sentences('scaling', [pods(3)], [pods(5)])).toEqual([
    'info: Deployment shop/a scales from 3 to 5 pods.',
  ]);
  expect(sentences('scaling', [pods(3)], [pods()])).toEqual([
    'info: Deployment shop/a scales from 3 to 1 pod, the default.',
  ]);
  expect(sentences('scaling', [pods(1)], [pods()])).toEqual([]);
});

it('warns of nobody being left', () => {
  expect(consequences('scaling', [pods(3)], [pods(0)])).toEqual([
    {
      kind: 'scaling',
      severity: 'warning',
      message: 'Deployment shop/a stops all 3 pods: replicas is 0.',
    },
  ]);
});

it('warns of the drop to one when the number is left to an autoscaler', () => {
  expect(sentences('scaling', [pods(6)], [pods(), scaler()])).toEqual([
    'warning: Deployment shop/a no longer sets replicas. Unless its autoscaler has set them since the last apply, it drops from 6 pods to 1 before HorizontalPodAutoscaler shop/a scales it up again. Add the autoscaler first, and remove replicas in a later change.',
    'info: HorizontalPodAutoscaler shop/a now scales Deployment shop/a: 3 to 9 pods.',
  ]);
});

it('warns of a number that is set against an autoscaler', () => {
  expect(sentences('scaling', [pods(), scaler()], [pods(4), scaler()])).toEqual([
    'warning: Deployment shop/a is set to 4 pods until HorizontalPodAutoscaler shop/a scales it again. Remove replicas from the manifest.',
  ]);
});

it('says what an autoscaler leaves behind', () => {
  expect(sentences('scaling', [pods(), scaler()], [pods()])).toEqual([
    'info: HorizontalPodAutoscaler shop/a no longer scales Deployment shop/a, which keeps its current number of pods.',
  ]);
  expect(sentences('scaling', [pods(2), scaler()], [pods(2)])).toEqual([
    'info: HorizontalPodAutoscaler shop/a no longer scales Deployment shop/a: the next apply sets it to 2 pods again.',
  ]);
  expect(sentences('scaling', [pods(2), scaler()], [])).toEqual([]);
});

it('warns of a range that does not cover how many there are', () => {
  expect(sentences('scaling', [pods(3), scaler(2, 9)], [pods(3), scaler(5, 9)])).toEqual([
    'warning: HorizontalPodAutoscaler shop/a now keeps 5 to 9 pods of Deployment shop/a, instead of 2 to 9 pods: it has 3, and is scaled up to 5 immediately.',
  ]);
  expect(sentences('scaling', [pods(3), scaler(2, 9)], [pods(3), scaler(2, 10)])).toEqual([
    'info: HorizontalPodAutoscaler shop/a now keeps 2 to 10 pods of Deployment shop/a, instead of 2 to 9 pods.',
  ]);
});
