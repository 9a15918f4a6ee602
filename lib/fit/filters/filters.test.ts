import { expect, test } from '@jest/globals';
import { budget, fitted, HOST, node, pod, running, where } from '../../../test/fit/objects';

function claim(name: string, spec: object, annotations: object = {}): object {
  const usual = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: 'default', annotations },
    spec: { ...usual, ...spec },
  };
}

function storageClass(name: string, more: object = {}): object {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name },
    provisioner: 'kubernetes.io/no-provisioner',
    ...more,
  };
}

function mounts(...claims: readonly string[]): object {
  return { volumes: claims.map((name) => ({ name, persistentVolumeClaim: { claimName: name } })) };
}

test('a node that cannot have volumes for two reasons is counted under both', () => {
  const elsewhere = {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'disk' },
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'local',
      claimRef: { namespace: 'default', name: 'bound' },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: HOST, operator: 'In', values: ['b'] }] }],
        },
      },
    },
  };
  const objects = [
    storageClass('local', { volumeBindingMode: 'WaitForFirstConsumer' }),
    elsewhere,
    claim('bound', { storageClassName: 'local', volumeName: 'disk' }),
    claim('open', { storageClassName: 'local' }),
    pod('x', '1', mounts('bound', 'open')),
  ];
  expect(where(fitted(objects, [node('a')]))['x']).toBe(
    "1 node(s) didn't find available persistent volumes to bind, 1 node(s) didn't match PersistentVolume's node affinity",
  );
});

test('a claim that the cluster has bound has its volume, also where only the claim is known', () => {
  const x = pod('x', '1', mounts('data'));
  const done = { 'pv.kubernetes.io/bind-completed': 'yes' };
  const spec = { storageClassName: 'fast', volumeName: 'pvc-1' };
  const known = storageClass('fast');
  expect(where(fitted([known, claim('data', spec, done), x], [node('a')]))).toEqual({ x: 'a' });
  expect(where(fitted([claim('data', spec), x], [node('a')]))).toEqual({ x: 'a' });
  expect(where(fitted([known, claim('data', spec), x], [node('a')]))).toEqual({
    x: 'pod has unbound immediate PersistentVolumeClaims',
  });
});

test('a Ceph image in the default pool is the same with the pool named and without', () => {
  const rbd = (more: object): object => ({
    volumes: [{ name: 'd', rbd: { monitors: ['m:6789'], image: 'i', ...more } }],
  });
  const objects = [pod('x', '100m', rbd({})), pod('y', '100m', rbd({ pool: 'rbd' }))];
  expect(where(fitted(objects, [node('a')]))['y']).toBe('1 node(s) had no available disk');
  const other = [pod('x', '100m', rbd({})), pod('y', '100m', rbd({ pool: 'fast' }))];
  expect(where(fitted(other, [node('a')]))['y']).toBe('a');
});

test('a pod that is being deleted holds its room, but counts for no spreading', () => {
  const spread = {
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: HOST,
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: { app: 'a' } },
      },
    ],
  };
  const old = running('old', 'a', { cpu: '500m' }) as { metadata: object };
  const ending = { ...old, metadata: { ...old.metadata, deletionTimestamp: '2026-11-01T10:00:00Z' } };
  const nodes = [node('a'), node('b', { unschedulable: true })];
  const next = (cpu: string): object => pod('next', cpu, spread);
  expect(where(fitted([next('1')], nodes, { pods: [old] }))['next']).toContain('topology spread');
  expect(where(fitted([next('1')], nodes, { pods: [ending] }))['next']).toBe('a');
  expect(where(fitted([next('1800m')], nodes, { pods: [ending] }))['next']).toContain('Insufficient cpu');
});

test('a pod that is being deleted is none of those that its workload has, and no drain waits for it', () => {
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'a-5d4f8' };
  const old = running('a-5d4f8-x', 'a', { cpu: '100m', owner }) as { metadata: object };
  const ending = { ...old, metadata: { ...old.metadata, deletionTimestamp: '2026-11-01T10:00:00Z' } };
  const [drained] = fitted([budget('a', { minAvailable: 1 })], [node('a')], { pods: [ending], drain: 'all' })
    .drains ?? [undefined];
  expect([drained?.evicted, drained?.blocked]).toEqual([0, []]);
  const [blocked] = fitted([budget('a', { minAvailable: 1 })], [node('a')], { pods: [old], drain: 'all' })
    .drains ?? [undefined];
  expect(blocked?.blocked).toHaveLength(1);
});

test('a budget for all pods of a namespace spares none from preemption, nor does one for pods without labels', () => {
  const high = {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: 'high' },
    value: 1000,
  };
  const there = (name: string, on: string, namespace: string, labels: object): object => ({
    ...running(name, on, { cpu: '2' }),
    metadata: { name, namespace, labels },
  });
  // Of two nodes without a protected pod, the one whose pod started last is taken.
  const takenWith = (selector: object, labels: object): string | undefined => {
    const guard = { ...budget('guard', {}), spec: { minAvailable: 9, selector } };
    const pods = [there('first', 'b', 'other', labels), there('last', 'a', 'default', labels)];
    const top = pod('top', '2', { priorityClassName: 'high' });
    return where(fitted([high, guard, top], [node('a'), node('b')], { pods }))['top'];
  };
  const unlabelled = { matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] };
  expect(takenWith({ matchLabels: { app: 'a' } }, { app: 'a' })).toBe('b');
  expect(takenWith({}, { app: 'a' })).toBe('a');
  expect(takenWith(unlabelled, { tier: 'web' })).toBe('b');
  expect(takenWith(unlabelled, {})).toBe('a');
});
