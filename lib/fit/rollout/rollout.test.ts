import { describe, expect, test } from '@jest/globals';
import { fitted, node, running, where, workload } from '../../../test/fit/objects';
import { ManifestSet } from '../../manifest/set';
import type { FitOptions } from '../options';
import type { Fit } from '../result';

const TWO = [node('a'), node('b')];

function during(objects: readonly object[], options: FitOptions = {}, nodes = TWO): Fit {
  return fitted(objects, nodes, { during: 'rollout', ...options });
}

function ends({ rollouts = [] }: Fit): Record<string, string> {
  return Object.fromEntries(
    rollouts.map(({ workload: { name }, updated, replicas, isStuck, waiting }) => [
      name,
      `${updated} of ${replicas}${isStuck ? ', stuck' : ''}${waiting > 0 ? `, ${waiting} waiting` : ''}`,
    ]),
  );
}

function rolling(maxSurge: number | string, maxUnavailable: number | string): object {
  return { strategy: { rollingUpdate: { maxSurge, maxUnavailable } } };
}

describe('a Deployment', () => {
  test('runs its old pods less those that may be missing, next to new ones', () => {
    const result = during([workload('Deployment', 'api', { replicas: 4, ...rolling(1, 1) }, '500m')]);
    const names = result.placements.map(({ pod: { name }, revision }) => `${name} ${revision ?? ''}`).sort();
    expect(names).toEqual(['api-0 old', 'api-1 old', 'api-2 old', 'api-4 new', 'api-5 new']);
    expect([result.pending, ends(result)]).toEqual([[], { api: '4 of 4' }]);
  });

  test('gets stuck where its first new pod finds no node, and says why', () => {
    const result = during([workload('Deployment', 'api', { replicas: 2, ...rolling(1, 0) }, '1500m')]);
    expect(ends(result)).toEqual({ api: '0 of 2, stuck, 1 waiting' });
    expect(result.rollouts?.[0]?.message).toBe('0/2 nodes are available: 2 Insufficient cpu.');
    expect(result.pending.map(({ pod: { name }, revision }) => [name, revision])).toEqual([['api-2', 'new']]);
  });

  test('ends where one may be missing, though a new pod waits in the middle', () => {
    const result = during([workload('Deployment', 'api', { replicas: 2, ...rolling(1, 1) }, '1500m')]);
    expect(ends(result)).toEqual({ api: '2 of 2, 1 waiting' });
  });

  test('stops all pods first with Recreate', () => {
    const recreate = workload('Deployment', 'api', { replicas: 2, strategy: { type: 'Recreate' } }, '2');
    const result = during([recreate]);
    expect([ends(result), where(result)]).toEqual([{ api: '2 of 2' }, { 'api-2': 'a', 'api-3': 'b' }]);
  });

  test('of a larger request gets stuck half-way', () => {
    const before = ManifestSet.of([workload('Deployment', 'api', { replicas: 4, ...rolling(0, 1) }, '1')]);
    const after = [workload('Deployment', 'api', { replicas: 4, ...rolling(0, 1) }, '1500m')];
    expect(ends(during(after, { before }))).toEqual({ api: '0 of 4, stuck, 1 waiting' });
  });

  test('keeps away from old pods by anti-affinity, unless it looks at its revision alone', () => {
    const spread = (more: object): object => ({
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            {
              labelSelector: { matchLabels: { app: 'api' } },
              topologyKey: 'kubernetes.io/hostname',
              ...more,
            },
          ],
        },
      },
    });
    const apart = (more: object): Fit =>
      during([workload('Deployment', 'api', { replicas: 2, ...rolling(1, 0) }, '100m', spread(more))]);
    expect(ends(apart({}))).toEqual({ api: '0 of 2, stuck, 1 waiting' });
    expect(ends(apart({ matchLabelKeys: ['pod-template-hash'] }))).toEqual({ api: '2 of 2' });
  });
});

test('only what differs from before rolls; what is new comes, and what is gone still holds its room', () => {
  const same = workload('Deployment', 'same', {}, '500m');
  const before = ManifestSet.of([
    same,
    workload('Deployment', 'api', {}, '500m'),
    workload('Deployment', 'gone', { replicas: 2 }, '1'),
  ]);
  const after = [same, workload('Deployment', 'api', {}, '400m'), workload('Deployment', 'fresh', {}, '1')];
  const result = during(after, { before });
  expect(ends(result)).toEqual({ api: '1 of 1' });
  expect(where(result)['fresh-0']).toContain('Insufficient cpu');
});

test('what kubectl prints of what runs is no change: defaults, status and managed fields', () => {
  const asPrinted = (made: object): object => {
    const { metadata, spec } = made as {
      metadata: object;
      spec: {
        replicas: number;
        selector: object;
        template: { metadata: object; spec: { containers: object[] } };
      };
    };
    const { template } = spec;
    const container = {
      ...template.spec.containers[0],
      imagePullPolicy: 'IfNotPresent',
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'File',
    };
    return {
      ...made,
      metadata: {
        ...metadata,
        uid: '0d1f6f4e-7d0c-4a5e-9a53-1d7f3c9b8a11',
        resourceVersion: '815',
        generation: 3,
        creationTimestamp: '2026-11-01T10:00:00Z',
        annotations: { 'deployment.kubernetes.io/revision': '3' },
        managedFields: [
          { manager: 'kubectl', operation: 'Apply', apiVersion: 'apps/v1', time: '2026-11-01T10:00:00Z' },
        ],
      },
      spec: {
        ...spec,
        progressDeadlineSeconds: 600,
        revisionHistoryLimit: 10,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
        template: {
          metadata: { ...template.metadata, creationTimestamp: null },
          spec: {
            ...template.spec,
            containers: [container],
            dnsPolicy: 'ClusterFirst',
            restartPolicy: 'Always',
            schedulerName: 'default-scheduler',
            securityContext: {},
            terminationGracePeriodSeconds: 30,
          },
        },
      },
      status: { replicas: 1, readyReplicas: 1, observedGeneration: 3 },
    };
  };
  const api = workload('Deployment', 'api', { replicas: 1 }, '500m');
  const { metadata, ...rest } = api as { metadata: { name: string } };
  const withoutNamespace = { ...rest, metadata: { name: metadata.name } };
  const before = ManifestSet.of([asPrinted(api)]);
  expect(ends(during([api], { before }))).toEqual({});
  expect(ends(during([withoutNamespace], { before }))).toEqual({});
  expect(ends(during([workload('Deployment', 'api', { replicas: 1 }, '600m')], { before }))).toEqual({
    api: '1 of 1',
  });
});

test('a StatefulSet replaces its pods from the last one on, one by one, and keeps those below its partition', () => {
  const db = (cpu: string, more: object = {}): object =>
    workload('StatefulSet', 'db', { replicas: 3, ...more }, cpu);
  const before = ManifestSet.of([db('500m')]);
  const result = during([db('600m')], { before });
  expect(result.placements.map(({ pod: { name }, revision }) => `${name} ${revision ?? ''}`)).toEqual([
    'db-1 old',
    'db-0 old',
    'db-2 new',
  ]);
  expect(ends(result)).toEqual({ db: '3 of 3' });
  const partition = { updateStrategy: { rollingUpdate: { partition: 2 } } };
  expect(ends(during([db('600m', partition)], { before }))).toEqual({ db: '1 of 3' });
  expect(ends(during([db('600m', { updateStrategy: { type: 'OnDelete' } })], { before }))).toEqual({});
  expect(ends(during([db('2')], { before }))).toEqual({ db: '0 of 3, stuck, 1 waiting' });
});

test('a DaemonSet replaces its pod on one node after the other, or starts the new one first', () => {
  const agent = (cpu: string, more: object = {}): object => workload('DaemonSet', 'agent', more, cpu);
  const before = ManifestSet.of([agent('1')]);
  expect(ends(during([agent('1500m')], { before }))).toEqual({ agent: '2 of 2' });
  const surge = { updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } };
  expect(ends(during([agent('1500m', surge)], { before }))).toEqual({ agent: '0 of 2, stuck, 1 waiting' });
  expect(ends(during([agent('1', surge)], { before }))).toEqual({});
  expect(ends(during([agent('1', surge)]))).toEqual({ agent: '2 of 2' });
});

test('rollouts of several workloads take room from each other', () => {
  const objects = ['one', 'two'].map((name) => workload('Deployment', name, rolling(1, 0), '1'));
  expect(ends(during(objects))).toEqual({ one: '1 of 1', two: '1 of 1' });
  const three = [...objects, workload('Deployment', 'three', rolling(1, 0), '1')];
  // One place is free: the first takes it, and gives back its own.
  expect(ends(during(three))).toEqual({
    one: '1 of 1',
    two: '1 of 1, 1 waiting',
    three: '1 of 1, 1 waiting',
  });
});

test('running pods are the old ones, and pods of others stay', () => {
  const owner = { kind: 'ReplicaSet', name: 'api-5d4f8' };
  const pods = [running('api-5d4f8-x', 'a', { app: 'api', owner }), running('other', 'b', { cpu: '2' })];
  const result = during([workload('Deployment', 'api', rolling(1, 0))], { pods });
  expect([where(result), ends(result)]).toEqual([{ 'api-0': 'a', 'api-1': 'a' }, { api: '1 of 1' }]);
});

test('many pods roll in short time', () => {
  const nodes = Array.from({ length: 20 }, (_, index) =>
    node(`n${index}`, { allocatable: { cpu: '100', pods: 200 } }),
  );
  const result = during([workload('Deployment', 'api', { replicas: 400 }, '500m')], {}, nodes);
  expect(ends(result)).toEqual({ api: '400 of 400' });
});

test('options that make no sense together are refused', () => {
  expect(() => during([], { headroom: true })).toThrow('options.headroom');
  expect(() => during([], { drain: 'all' })).toThrow('options.drain');
  expect(() => fitted([], TWO, { before: ManifestSet.of([]) })).toThrow('options.before');
  expect(() => fitted([], TWO, { during: 'night' as 'rollout' })).toThrow('supported values: "rollout"');
});
