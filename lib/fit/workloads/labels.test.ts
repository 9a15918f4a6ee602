import { expect, test } from '@jest/globals';
import { fitted, HOST, node, pod, podSpec, where, workload } from '../../../test/fit/objects';

/** Required anti-affinity to pods with a label. */
function awayFrom(matchLabels: object): object {
  const term = { topologyKey: HOST, labelSelector: { matchLabels } };
  return { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } };
}

const NODES = [node('a'), node('b')];
const AVOIDED = "1 node(s) didn't match pod anti-affinity rules";

test('a pod of a StatefulSet is known by its name and index', () => {
  const db = workload('StatefulSet', 'db', { replicas: 2 }, '100m');
  for (const label of [
    { 'statefulset.kubernetes.io/pod-name': 'db-1' },
    { 'apps.kubernetes.io/pod-index': '1' },
  ]) {
    const found = where(fitted([db, pod('x', '100m', awayFrom(label))], NODES));
    expect([found['x'], found['db-0'], found['db-1']]).toEqual([found['db-0'], 'a', 'b']);
  }
  const none = pod('x', '100m', awayFrom({ 'statefulset.kubernetes.io/pod-name': 'db-2' }));
  expect(where(fitted([db, none], [node('a')]))['x']).toBe('a');
});

test('a Service for one pod of a StatefulSet keeps the scheduler from spreading it among the others', () => {
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'db-1', namespace: 'default' },
    spec: { selector: { 'statefulset.kubernetes.io/pod-name': 'db-1' } },
  };
  const db = workload('StatefulSet', 'db', { replicas: 2 }, '10m');
  const nodes = [node('a', { allocatable: { cpu: '8', memory: '32Gi' } }), node('b')];
  expect(where(fitted([db], nodes))).toEqual({ 'db-0': 'a', 'db-1': 'b' });
  expect(where(fitted([service, db], nodes))).toEqual({ 'db-0': 'a', 'db-1': 'a' });
});

test('pods of Jobs are known by the name of the Job, and those of indexed ones by their index', () => {
  const job = (name: string, spec: object): object => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace: 'default' },
    spec: { parallelism: 2, template: { spec: podSpec('100m') }, ...spec },
  });
  const away = pod('x', '100m', awayFrom({ 'batch.kubernetes.io/job-name': 'load' }));
  expect(where(fitted([job('load', {}), away], [node('a')]))['x']).toBe(AVOIDED);
  const second = pod('x', '100m', awayFrom({ 'batch.kubernetes.io/job-completion-index': '1' }));
  const indexed = job('load', { completions: 2, completionMode: 'Indexed' });
  expect(where(fitted([indexed, second], [node('a')]))['x']).toBe(AVOIDED);
  expect(where(fitted([job('load', {}), second], [node('a')]))['x']).toBe('a');
});

test('matchLabelKeys tell revisions by the hash that each controller sets', () => {
  const spread = (key: string): object => ({
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: HOST,
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: { tier: 'data' } },
        matchLabelKeys: [key],
      },
    ],
  });
  const other = pod('other', '100m', { nodeName: 'a' }, { tier: 'data' });
  const rest = (kind: string, key: string): object => {
    const made = workload(kind, 'own', { replicas: 1 }, '1900m', spread(key)) as {
      spec: { template: { metadata: object } };
    };
    made.spec.template.metadata = { labels: { app: 'own', tier: 'data' } };
    return made;
  };
  const nodes = [node('a'), node('b', { unschedulable: true })];
  for (const [kind, key] of [
    ['Deployment', 'pod-template-hash'],
    ['StatefulSet', 'controller-revision-hash'],
  ] as const)
    expect(where(fitted([other, rest(kind, key)], nodes))['own-0']).toBe('a');
  expect(where(fitted([other, rest('StatefulSet', 'no-such-label')], nodes))['own-0']).toContain('spread');
});

test('what controllers made for a workload of the set is not counted a second time', () => {
  const ownedBy = (object: object, kind: string, name: string): object => {
    const made = object as { metadata: object };
    return { ...made, metadata: { ...made.metadata, ownerReferences: [{ kind, name, controller: true }] } };
  };
  const objects = [
    workload('Deployment', 'api', { replicas: 1 }),
    ownedBy(workload('ReplicaSet', 'api-5d4f8', { replicas: 1 }), 'Deployment', 'api'),
    ownedBy(pod('api-5d4f8-x', '1', { nodeName: 'a' }), 'ReplicaSet', 'api-5d4f8'),
    ownedBy(pod('alone-x'), 'ReplicaSet', 'alone'),
  ];
  expect(Object.keys(where(fitted(objects, NODES)))).toEqual(['api-0', 'alone-x']);
});
