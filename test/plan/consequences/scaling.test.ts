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
  expect(sentences('scaling', [pods(3)], [pods(5)])).toEqual(['Deployment shop/a scales from 3 to 5 pods.']);
  expect(sentences('scaling', [pods(3)], [pods()])).toEqual([
    'Deployment shop/a scales from 3 to 1 pod, which is the default.',
  ]);
  expect(sentences('scaling', [pods(1)], [pods()])).toEqual([]);
});

it('warns of nobody being left', () => {
  expect(consequences('scaling', [pods(3)], [pods(0)])).toEqual([
    {
      kind: 'scaling',
      severity: 'warning',
      message: 'Deployment shop/a stops all 3 pods: it has 0 replicas.',
    },
  ]);
});

it('warns of the drop to one when the number is left to an autoscaler', () => {
  expect(sentences('scaling', [pods(6)], [pods(), scaler()])).toEqual([
    'Deployment shop/a no longer says how many pods there are: unless its autoscaler has set the number since it was last applied, it drops from 6 to 1 before HorizontalPodAutoscaler shop/a scales it up again. Let the autoscaler take over first, and take replicas away after that.',
    'HorizontalPodAutoscaler shop/a takes over how many pods Deployment shop/a has: 3 to 9.',
  ]);
});

it('warns of a number that is set against an autoscaler', () => {
  expect(sentences('scaling', [pods(), scaler()], [pods(4), scaler()])).toEqual([
    'Deployment shop/a is set to 4 pods, whatever number HorizontalPodAutoscaler shop/a has come to, until that scales it again. Leave replicas out.',
  ]);
});

it('says what an autoscaler leaves behind', () => {
  expect(sentences('scaling', [pods(), scaler()], [pods()])).toEqual([
    'HorizontalPodAutoscaler shop/a lets go of Deployment shop/a: the number of pods stays what it is, and nobody changes it.',
  ]);
  expect(sentences('scaling', [pods(2), scaler()], [pods(2)])).toEqual([
    'HorizontalPodAutoscaler shop/a lets go of Deployment shop/a: it has 2 pods again with the next apply.',
  ]);
  expect(sentences('scaling', [pods(2), scaler()], [])).toEqual([]);
});

it('warns of a range that does not cover how many there are', () => {
  expect(sentences('scaling', [pods(3), scaler(2, 9)], [pods(3), scaler(5, 9)])).toEqual([
    'HorizontalPodAutoscaler shop/a keeps 5 to 9 pods, and Deployment shop/a has 3: it is scaled to 5 at once.',
  ]);
  expect(sentences('scaling', [pods(3), scaler(2, 9)], [pods(3), scaler(2, 10)])).toEqual([]);
});
