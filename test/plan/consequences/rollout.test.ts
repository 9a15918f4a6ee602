import { object } from '../changes';
import { sentences, workload } from './consequences';

/** What is said when the image of a workload changes. */
function said(kind: string, spec: Record<string, unknown>, ...others: object[]): string[] {
  return sentences(
    'rollout',
    [workload(kind, spec), ...others],
    [workload(kind, spec, 'nginx:2'), ...others],
  );
}

describe('a Deployment', () => {
  it.each([
    [{}, 'replaces its 1 pod, with at most 1 more at a time and at least 1 of 1 serving.'],
    [{ replicas: 10 }, 'replaces all 10 pods, with at most 3 more at a time and at least 8 of 10 serving.'],
    [
      { replicas: 2, strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: '25%' } } },
      'replaces all 2 pods, with no more at a time and at least 1 of 2 serving.',
    ],
    [
      { replicas: 4, strategy: { rollingUpdate: { maxSurge: '50%', maxUnavailable: 1 } } },
      'replaces all 4 pods, with at most 2 more at a time and at least 3 of 4 serving.',
    ],
    [{ replicas: 3, strategy: { type: 'Recreate' } }, 'stops all 3 pods, and then starts new ones.'],
    [{ replicas: 0 }, 'has no pods to replace.'],
    [{ paused: true }, 'is paused: its pods stay until it is resumed.'],
  ])('with %j', (spec, rest) => {
    expect(said('Deployment', spec)).toEqual([`info: Deployment shop/a ${rest}`]);
  });

  it('is counted at the least that its autoscaler keeps', () => {
    const scaler = object('autoscaling/v2', 'HorizontalPodAutoscaler', {
      spec: {
        minReplicas: 4,
        maxReplicas: 9,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' },
      },
    });
    expect(said('Deployment', {}, scaler)).toEqual([
      'info: Deployment shop/a replaces all 4 pods (the minimum of HorizontalPodAutoscaler shop/a), with at most 1 more at a time and at least 3 of 4 serving.',
    ]);
  });
});

describe('a StatefulSet', () => {
  const rolling = (partition: number): object => ({ type: 'RollingUpdate', rollingUpdate: { partition } });

  it.each([
    [{ replicas: 3 }, 'replaces its pods one by one, from 2 down to 0, with 2 of 3 serving.'],
    [
      { replicas: 5, updateStrategy: rolling(3) },
      'replaces its pods one by one, from 4 down to 3, with 4 of 5 serving, and keeps the 3 pods below partition 3.',
    ],
    [{ replicas: 2, updateStrategy: rolling(2) }, 'replaces no pods: its partition is 2, beyond its 2 pods.'],
    [
      { replicas: 2, ordinals: { start: 5 } },
      'replaces its pods one by one, from 6 down to 5, with 1 of 2 serving.',
    ],
    [
      { updateStrategy: { type: 'OnDelete' } },
      'replaces a pod only when it is deleted: its update strategy is OnDelete.',
    ],
  ])('with %j', (spec, rest) => {
    expect(said('StatefulSet', { serviceName: 'a', ...spec })).toEqual([`info: StatefulSet shop/a ${rest}`]);
  });
});

describe('a DaemonSet', () => {
  it.each([
    [{}, 'replaces its pod on every node, with no pod on at most 1 node at a time.'],
    [
      { updateStrategy: { rollingUpdate: { maxUnavailable: '10%' } } },
      'replaces its pod on every node, with no pod on at most 10% of the nodes at a time.',
    ],
    [
      { updateStrategy: { rollingUpdate: { maxSurge: 2, maxUnavailable: 0 } } },
      'replaces its pod on every node, on 2 nodes at a time, and starts each new pod before the old one stops.',
    ],
  ])('with %j', (spec, rest) => {
    expect(said('DaemonSet', spec)).toEqual([`info: DaemonSet shop/a ${rest}`]);
  });
});

it('leaves the pods of a ReplicaSet alone', () => {
  expect(said('ReplicaSet', {})).toEqual([
    'info: ReplicaSet shop/a keeps its pods: only new pods use the new template.',
  ]);
});

it('says nothing where no pod is replaced', () => {
  expect(sentences('rollout', [workload('Deployment')], [workload('Deployment', { replicas: 5 })])).toEqual(
    [],
  );
});
