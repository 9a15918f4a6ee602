import { describe, expect, test } from '@jest/globals';
import { budget, fitted, node, pod, running, workload } from '../../test/fit/objects';
import type { NodeDrain } from './drain';
import type { FitOptions } from './options';

const TWO = [node('a'), node('b')];
const REPLICA_SET = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'api-5d4f8' };

function drains(objects: readonly object[], options: FitOptions = {}, nodes = TWO): readonly NodeDrain[] {
  return fitted(objects, nodes, { drain: 'all', ...options }).drains ?? [];
}

/** What keeps each node from being drained. */
function troubles(all: readonly NodeDrain[]): Record<string, string[]> {
  return Object.fromEntries(
    all.map(({ node: name, blocked, homeless }) => [
      name,
      [...blocked, ...homeless].map(({ pod: { name: its }, message }) => `${its}: ${message}`),
    ]),
  );
}

describe('budgets', () => {
  test('a budget that needs all pods blocks each node that has one', () => {
    const all = drains([workload('Deployment', 'api', { replicas: 2 }), budget('api', { minAvailable: 2 })]);
    expect(troubles(all)).toEqual({
      a: ['api-0: The disruption budget api needs 2 healthy pods and has 2 currently'],
      b: ['api-1: The disruption budget api needs 2 healthy pods and has 2 currently'],
    });
    expect(all.map(({ evicted, blocked: [first] }) => [evicted, first?.why, first?.budgets])).toEqual([
      [0, 'budget', ['api']],
      [0, 'budget', ['api']],
    ]);
  });

  test('with one that may be missing, pods leave one by one, each when the one before runs again', () => {
    const objects = [
      workload('Deployment', 'api', { replicas: 3 }, '500m'),
      budget('api', { maxUnavailable: 1 }),
    ];
    const all = drains(objects);
    expect(troubles(all)).toEqual({ a: [], b: [] });
    expect(all.map(({ evicted }) => evicted)).toEqual([2, 1]);
  });

  test('a pod without a new node uses up the budget, which then keeps the next one', () => {
    const objects = [
      workload('Deployment', 'api', { replicas: 4 }),
      budget('api', { maxUnavailable: '25%' }),
    ];
    const why = '0/2 nodes are available: 1 Insufficient cpu, 1 node(s) were unschedulable.';
    expect(troubles(drains(objects))['a']).toEqual([
      'api-2: The disruption budget api needs 3 healthy pods and has 3 currently',
      `api-0: ${why}`,
    ]);
  });

  test('a pod with two budgets is never evicted', () => {
    const objects = [
      workload('Deployment', 'api', {}),
      budget('one', { maxUnavailable: 1 }, 'api'),
      budget('two', { maxUnavailable: 1 }, 'api'),
    ];
    expect(drains(objects)[0]?.blocked.map(({ why, budgets }) => [why, budgets])).toEqual([
      ['several-budgets', ['one', 'two']],
    ]);
  });

  test('a pod that is not ready goes only where enough others are healthy, unless the policy always lets it go', () => {
    const conditions = [{ type: 'Ready', status: 'False' }];
    const pods = ['a', 'b'].map((on) =>
      running(`api-5d4f8-${on}`, on, {
        app: 'api',
        owner: REPLICA_SET,
        status: { phase: 'Running', ...(on === 'a' && { conditions }) },
      }),
    );
    const objects = (more: object): object[] => [
      workload('Deployment', 'api', { replicas: 2 }, '500m'),
      budget('api', { minAvailable: 2, ...more }),
    ];
    const message = 'The disruption budget api needs 2 healthy pods and has 1 currently';
    expect(troubles(drains(objects({}), { pods }))).toEqual({
      a: [`api-0: ${message}`],
      b: [`api-1: ${message}`],
    });
    const always = drains(objects({ unhealthyPodEvictionPolicy: 'AlwaysAllow' }), { pods });
    expect(troubles(always)).toEqual({ a: [], b: [`api-1: ${message}`] });
  });
});

test('pods of DaemonSets and static pods stay, and nothing is evicted beside a pod without a controller', () => {
  const mirror = running('etcd-a', 'a', { cpu: '100m' }) as { metadata: object };
  const fromFile = {
    ...mirror,
    metadata: { ...mirror.metadata, annotations: { 'kubernetes.io/config.mirror': 'x' } },
  };
  const proxy = { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'kube-proxy' };
  const ofDaemon = running('kube-proxy-x', 'b', { cpu: '100m', owner: proxy });
  const objects = [
    workload('DaemonSet', 'logs', {}, '100m'),
    workload('Deployment', 'api', { replicas: 2 }, '100m'),
  ];
  expect(drains(objects, { pods: [fromFile, ofDaemon] }).map(({ evicted }) => evicted)).toEqual([1, 1]);
  const [first] = drains([...objects, pod('shell', '100m', { nodeName: 'a' })]);
  expect([first?.evicted, first?.blocked.map(({ pod: { name }, why }) => [name, why])]).toEqual([
    0,
    [['shell', 'no-controller']],
  ]);
});

test('the data of an emptyDir is lost, and said so', () => {
  const scratch = { volumes: [{ name: 'tmp', emptyDir: {} }] };
  const all = drains([workload('Deployment', 'api', {}, '1', scratch)]);
  expect(all.flatMap(({ emptyDirs }) => emptyDirs.map(({ name }) => name))).toEqual(['api-0']);
});

test('an evicted pod takes the place of a less important one, which is then without a node', () => {
  const high = {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: 'high' },
    value: 9,
  };
  const top = workload('Deployment', 'top', {}, '2', { priorityClassName: 'high' });
  const result = fitted([high, top, workload('Deployment', 'low', {}, '2')], TWO, { drain: ['a'] });
  expect(result.drains?.map(({ homeless }) => homeless.map(({ workload: { name } }) => name))).toEqual([
    ['low'],
  ]);
  // Afterwards everything is where it was.
  expect(result.placements.map(({ node: its }) => its)).toEqual(['a', 'b']);
  expect(result.nodes.map(({ pods }) => pods)).toEqual([1, 1]);
});

test('a node that is none is refused with the nearest', () => {
  expect(() => fitted([], [node('node-a')], { drain: ['node-x'] })).toThrow('Did you mean node-a?');
});
