import { object } from '../changes';
import { sentences, workload } from './consequences';

function said(
  kind: string,
  spec: Record<string, unknown>,
  pod: Record<string, unknown> = {},
  ...others: object[]
): string[] {
  return sentences(
    'downtime',
    [workload(kind, spec, 'nginx:1', pod), ...others],
    [workload(kind, spec, 'nginx:2', pod), ...others],
  );
}

const claim = (...accessModes: string[]): object =>
  object('v1', 'PersistentVolumeClaim', {
    spec: { accessModes, resources: { requests: { storage: '1Gi' } } },
  });
const mounting = { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'a' } }] };

it('says that a Deployment which recreates its pods is down in between', () => {
  expect(said('Deployment', { replicas: 3, strategy: { type: 'Recreate' } })).toEqual([
    'warning: Deployment shop/a stops all 3 pods before new ones start, and nothing serves in between.',
  ]);
  expect(said('Deployment', { strategy: { type: 'Recreate' } })).toEqual([
    'warning: Deployment shop/a stops its only pod before the new one starts, and nothing serves in between.',
  ]);
});

it('says that all pods may be missing at once', () => {
  expect(
    said('Deployment', { replicas: 2, strategy: { rollingUpdate: { maxUnavailable: '100%' } } }),
  ).toEqual([
    'warning: Deployment shop/a may stop all 2 pods at once before a new one is ready: its strategy allows 2 unavailable.',
  ]);
});

it('has nothing to say of a rolling update that keeps up its strength', () => {
  expect(said('Deployment', { replicas: 3 })).toEqual([]);
  expect(said('Deployment', {})).toEqual([]);
  expect(said('StatefulSet', { replicas: 3 })).toEqual([]);
});

it('warns of a volume that old and new pods cannot share', () => {
  expect(said('Deployment', {}, mounting, claim('ReadWriteOnce'))).toEqual([
    'warning: Deployment shop/a starts new pods next to the old ones, but PersistentVolumeClaim shop/a is ReadWriteOnce: a new pod on another node waits for a volume that the old pod holds. Set spec.strategy.type to Recreate, or maxSurge to 0.',
  ]);
  expect(said('Deployment', {}, mounting, claim('ReadWriteMany'))).toEqual([]);
});

it('warns of a host port that old and new pods cannot share', () => {
  const containers = [{ name: 'app', image: 'a', ports: [{ containerPort: 80, hostPort: 8080 }] }];
  const before = workload('Deployment', {}, '', { containers });
  const after = workload('Deployment', {}, '', { containers: [{ ...containers[0], image: 'b' }] });
  expect(sentences('downtime', [before], [after])).toEqual([
    'warning: Deployment shop/a starts new pods next to the old ones, but each uses port 8080 of its node: a new pod needs a node without an old one. Set maxSurge to 0 and maxUnavailable to 1.',
  ]);
});

it('says that the only pod of a StatefulSet stops first', () => {
  expect(said('StatefulSet', {})).toEqual([
    'warning: StatefulSet shop/a has one pod, which stops before its replacement starts.',
  ]);
  expect(said('StatefulSet', { updateStrategy: { type: 'OnDelete' } })).toEqual([]);
});

it('says that the pods of what is deleted stop', () => {
  expect(sentences('downtime', [workload('DaemonSet')], [])).toEqual([
    'warning: DaemonSet shop/a is deleted, and its pods stop.',
  ]);
});

describe('a probe that can never pass', () => {
  const probed = (kind: string, spec: Record<string, unknown>, port: unknown): object =>
    workload(kind, spec, '', {
      containers: [
        {
          name: 'app',
          image: 'a',
          ports: [{ name: 'http', containerPort: 80 }],
          readinessProbe: { httpGet: { port } },
        },
      ],
    });

  it('stops a rollout, and leaves the old pods', () => {
    const [before, after] = ['http', 'htpp'].map((port) => probed('Deployment', { replicas: 4 }, port));
    expect(sentences('downtime', [before ?? {}], [after ?? {}])).toEqual([
      'error: New pods of Deployment shop/a never become ready: the readinessProbe of container "app" uses port "htpp", and the container has no port of that name. The rollout stops, with 3 of 4 old pods serving.',
    ]);
  });

  it('stops a StatefulSet at its first pod', () => {
    const spec = { replicas: 3, serviceName: 'a' };
    const [before, after] = ['http', 'htpp'].map((port) => probed('StatefulSet', spec, port));
    expect(sentences('downtime', [before ?? {}], [after ?? {}])).toEqual([
      'error: New pods of StatefulSet shop/a never become ready: the readinessProbe of container "app" uses port "htpp", and the container has no port of that name. The rollout stops at the first pod, with 2 of 3 old pods serving.',
    ]);
  });

  it('is not guessed from a number that no container declares', () => {
    expect(
      sentences('downtime', [probed('Deployment', {}, 'http')], [probed('Deployment', {}, 8080)]),
    ).toEqual([]);
  });
});
