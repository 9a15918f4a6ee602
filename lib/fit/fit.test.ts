import { describe, expect, test } from '@jest/globals';
import { SeaworthyError } from '../errors';
import { ManifestSet } from '../manifest/set';
import { fitted, HOST, node, pod, podSpec, running, where, workload, ZONE } from '../../test/fit/objects';
import { nodeSpecs } from './node-specs';

describe('workloads', () => {
  test('the pods of a Deployment are called after it, and run on its nodes in turn', () => {
    const result = fitted([workload('Deployment', 'api', { replicas: 3 })], [node('a'), node('b')]);
    expect(Object.keys(where(result))).toEqual(['api-0', 'api-1', 'api-2']);
    expect(new Set(Object.values(where(result)))).toEqual(new Set(['a', 'b']));
    expect(result.nodes.map(({ node: name, pods }) => [name, pods])).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
  });

  test('what finds no node says why in the words of the scheduler', () => {
    const result = fitted([workload('Deployment', 'api', { replicas: 1 }, '3')], [node('a'), node('b')]);
    expect(result.pending.map(({ reasons, message }) => [reasons, message])).toEqual([
      [['2 Insufficient cpu'], '0/2 nodes are available: 2 Insufficient cpu.'],
    ]);
  });

  test('a StatefulSet makes no pod after one that finds no node, unless it makes them in parallel', () => {
    const one = [node('a', { allocatable: { cpu: '1', memory: '1Gi' } })];
    const ordered = fitted([workload('StatefulSet', 'db', { replicas: 3 })], one);
    expect(where(ordered)).toEqual({
      'db-0': 'a',
      'db-1': '1 Insufficient cpu',
      'db-2': 'not created: it waits for Pod default/db-1',
    });
    const parallel = workload('StatefulSet', 'db', { replicas: 3, podManagementPolicy: 'Parallel' });
    expect(where(fitted([parallel], one))['db-2']).toBe('1 Insufficient cpu');
  });

  test('a DaemonSet has a pod on each node that its labels and taints allow, before other pods', () => {
    const tainted = node('c', { taints: [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }] });
    const nodes = [node('a'), node('b', { unschedulable: true }), tainted];
    const objects = [
      workload('Deployment', 'api', { replicas: 2 }, '1500m'),
      workload('DaemonSet', 'logs', {}),
    ];
    expect(where(fitted(objects, nodes))).toEqual({
      'logs-a': 'a',
      'logs-b': 'b',
      'api-0': '1 Insufficient cpu, 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable',
      'api-1': '1 Insufficient cpu, 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable',
    });
  });

  test('a Job has as many pods at a time as it has left to complete', () => {
    const job = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'load', namespace: 'default' },
      spec: { parallelism: 4, completions: 2, template: { spec: podSpec() } },
    };
    expect(Object.keys(where(fitted([job], [node('a')])))).toEqual(['load-0', 'load-1']);
  });

  test('with at max, an autoscaled workload has the most pods', () => {
    const scaler = {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'api', namespace: 'default' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' },
        minReplicas: 1,
        maxReplicas: 3,
      },
    };
    const objects = [workload('Deployment', 'api', {}), scaler];
    expect(fitted(objects, [node('a')]).placements).toHaveLength(1);
    const most = fitted(objects, [node('a')], { at: 'max' });
    expect([most.placements.length, most.pending.length]).toEqual([3, 1]);
  });
});

describe('filters', () => {
  test('zones differ by no more pods than maxSkew', () => {
    const spread = {
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: ZONE,
          whenUnsatisfiable: 'DoNotSchedule',
          labelSelector: { matchLabels: { app: 'api' } },
        },
      ],
    };
    const small = node('b', { zone: 'two', allocatable: { cpu: '100m', memory: '1Gi' } });
    const result = fitted(
      [workload('Deployment', 'api', { replicas: 3 }, '200m', spread)],
      [node('a', { zone: 'one' }), small],
    );
    expect(where(result)['api-1']).toBe(
      "1 Insufficient cpu, 1 node(s) didn't match pod topology spread constraints",
    );
  });

  test('a running pod keeps those off that its anti-affinity is about', () => {
    const term = { topologyKey: HOST, labelSelector: { matchLabels: { app: 'b' } } };
    const away = {
      affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } },
    };
    expect(where(fitted([pod('a', '1', away), pod('b', '1', {}, { app: 'b' })], [node('n')]))['b']).toBe(
      "1 node(s) didn't satisfy existing pods anti-affinity rules",
    );
  });

  test('a pod that waits for another one runs as soon as that does', () => {
    const term = { topologyKey: HOST, labelSelector: { matchLabels: { app: 'b' } } };
    const near = { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } };
    const nodes = [node('n'), node('m', { labels: { big: 'yes' } })];
    const other = pod('b', '1', { nodeSelector: { big: 'yes' } }, { app: 'b' });
    expect(where(fitted([pod('a', '1', near), other], nodes))).toEqual({ a: 'm', b: 'm' });
  });

  test('limits count as requests, and a RuntimeClass adds its overhead', () => {
    const runtime = {
      apiVersion: 'node.k8s.io/v1',
      kind: 'RuntimeClass',
      metadata: { name: 'kata' },
      handler: 'kata',
      overhead: { podFixed: { cpu: '500m' } },
    };
    const limited = { name: 'main', image: 'a:1', resources: { limits: { cpu: '1600m' } } };
    const objects = [runtime, pod('a', '1', { containers: [limited], runtimeClassName: 'kata' })];
    const result = fitted(objects, [node('n')]);
    expect(where(result)).toEqual({ a: '1 Insufficient cpu' });
    expect(where(fitted(objects.slice(1), [node('n')]))).toEqual({ a: 'n' });
  });

  test('a claim keeps all its pods in the zone of the first one', () => {
    const storage = [
      {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        metadata: { name: 'fast' },
        provisioner: 'ebs.csi.aws.com',
        volumeBindingMode: 'WaitForFirstConsumer',
      },
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'data', namespace: 'default' },
        spec: {
          storageClassName: 'fast',
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: '1Gi' } },
        },
      },
    ];
    const mounts = { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] };
    const nodes = [node('a', { zone: 'one' }), node('b', { zone: 'two' })];
    const objects = [...storage, pod('x', '1500m', mounts), pod('y', '1500m', mounts)];
    expect(where(fitted(objects, nodes))['y']).toBe(
      "1 Insufficient cpu, 1 node(s) didn't match PersistentVolume's node affinity",
    );
    expect(where(fitted(objects.slice(2), nodes))['x']).toBe('persistentvolumeclaim "data" not found');
  });
});

describe('priority', () => {
  const high = {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: 'high' },
    value: 1000,
  };
  const important = { priorityClassName: 'high' };

  test('a more important pod takes the place of others, and is told by those', () => {
    const result = fitted([high, pod('low', '2'), pod('top', '2', important)], [node('n')]);
    expect(where(result)).toEqual({ low: 'preempted by Pod default/top on node n', top: 'n' });
    expect(result.pending[0]?.preemptedBy?.name).toBe('top');
  });

  test('the pods of a Deployment come back and wait', () => {
    const result = fitted(
      [high, workload('Deployment', 'low', {}, '2'), pod('top', '2', important)],
      [node('n')],
    );
    expect(where(result)).toEqual({ 'low-0': '1 Insufficient cpu', top: 'n' });
  });

  test('in the order of priority nothing is preempted', () => {
    const objects = [high, pod('low', '2'), pod('top', '2', important)];
    expect(where(fitted(objects, [node('n')], { order: 'priority' }))).toEqual({
      top: 'n',
      low: '1 Insufficient cpu',
    });
  });

  test('of two nodes the one is chosen on which no budget protects the victim', () => {
    const budget = {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'kept', namespace: 'default' },
      spec: { minAvailable: 1, selector: { matchLabels: { app: 'kept' } } },
    };
    const objects = [
      high,
      budget,
      pod('one', '2', {}, { app: 'kept' }),
      pod('two', '2'),
      pod('top', '2', important),
    ];
    expect(where(fitted(objects, [node('a'), node('b')]))['top']).toBe('b');
  });
});

describe('what is there already', () => {
  test('running pods hold what they request, and those that have ended do not', () => {
    const running = { ...pod('old', '2', { nodeName: 'n' }), status: { phase: 'Running' } };
    expect(where(fitted([pod('new')], [node('n')], { pods: [running] }))).toEqual({
      new: '1 Insufficient cpu',
    });
    const ended = { ...running, status: { phase: 'Succeeded' } };
    expect(where(fitted([pod('new')], [node('n')], { pods: [ended] }))).toEqual({ new: 'n' });
  });

  test('running pods of a workload of the set stay where they are', () => {
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'api-5d4f8', controller: true };
    const running = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'api-5d4f8-abcde', namespace: 'default', ownerReferences: [owner] },
      spec: podSpec('1', { nodeName: 'b' }),
    };
    const result = fitted([workload('Deployment', 'api', { replicas: 2 })], [node('a'), node('b')], {
      pods: [running],
    });
    expect(where(result)).toEqual({ 'api-0': 'b', 'api-1': 'a' });
  });

  test('running pods hold what they request themselves, but those that become larger have to find a node', () => {
    const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db' };
    const pods = [running('db-0', 'a', { cpu: '1500m', app: 'db', owner })];
    const smaller = [workload('StatefulSet', 'db', {}, '100m'), pod('other', '1')];
    expect(where(fitted(smaller, [node('a')], { pods }))).toEqual({
      'db-0': 'a',
      other: '1 Insufficient cpu',
    });
    const larger = [workload('StatefulSet', 'db', {}, '1800m'), pod('other', '1')];
    const nodes = [node('a', { allocatable: { cpu: '1600m' } }), node('b')];
    expect(where(fitted(larger, nodes, { pods }))).toEqual({ 'db-0': 'b', other: 'a' });
  });

  test('what ran on a lost node has to find another one', () => {
    const nodes = [node('a', { zone: 'one' }), node('b', { zone: 'two' })];
    const objects = [workload('Deployment', 'api', { replicas: 3 })];
    expect(fitted(objects, nodes, { without: ['two'] }).pending).toHaveLength(1);
    expect(() => fitted(objects, nodes, { without: ['tow'] })).toThrow('Did you mean two?');
  });

  test('a running pod of another workload is moved when its node is lost, but not one of a DaemonSet', () => {
    const nodes = [node('a'), node('b')];
    const pods = [
      running('dns-x', 'b', { owner: { kind: 'ReplicaSet', name: 'dns-5d4f8' } }),
      running('proxy-x', 'b', { owner: { kind: 'DaemonSet', name: 'proxy' } }),
    ];
    expect(where(fitted([], nodes, { pods, without: ['b'] }))).toEqual({ 'dns-x': 'a' });
  });

  test('those that ran elsewhere stay, and a volume in a lost zone keeps its pod from any other', () => {
    const storage = {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'fast' },
      provisioner: 'ebs.csi.aws.com',
      volumeBindingMode: 'WaitForFirstConsumer',
    };
    const template = {
      metadata: { name: 'data' },
      spec: {
        storageClassName: 'fast',
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1Gi' } },
      },
    };
    const db = workload('StatefulSet', 'db', { replicas: 2, volumeClaimTemplates: [template] });
    const nodes = [node('a', { zone: 'one' }), node('b', { zone: 'two' })];
    expect(where(fitted([storage, db], nodes))).toEqual({ 'db-0': 'a', 'db-1': 'b' });
    expect(where(fitted([storage, db], nodes, { without: ['one'] }))).toEqual({
      'db-0': "1 node(s) didn't match PersistentVolume's node affinity",
      'db-1': 'b',
    });
  });

  test('a claim of a class that nobody knows of keeps no pod off a node', () => {
    const claim = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data', namespace: 'default' },
      spec: {
        storageClassName: 'gp3',
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1Gi' } },
      },
    };
    const mounts = { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] };
    expect(where(fitted([claim, pod('x', '1', mounts)], [node('n')]))).toEqual({ x: 'n' });
  });

  test('Node objects are read as kubectl prints them', () => {
    const set = ManifestSet.parse(`
apiVersion: v1
kind: Node
metadata: { name: one, labels: { disk: ssd } }
spec: { unschedulable: true, taints: [{ key: a, effect: NoSchedule }] }
status: { allocatable: { cpu: 1930m, memory: 3388360Ki, pods: "29" } }
`);
    expect(nodeSpecs(set)).toEqual([
      {
        name: 'one',
        labels: { disk: 'ssd' },
        allocatable: { cpu: '1930m', memory: '3388360Ki', pods: '29' },
        taints: [{ key: 'a', value: '', effect: 'NoSchedule' }],
        unschedulable: true,
        images: [],
      },
    ]);
  });
});

describe('ties', () => {
  test('a verdict that hangs on which of equal nodes is drawn is not certain', () => {
    // One of the two nodes takes what comes second.
    const nodes = [node('a', { labels: { disk: 'ssd' } }), node('b')];
    const result = fitted([pod('first', '2'), pod('second', '2', { nodeSelector: { disk: 'ssd' } })], nodes);
    expect(result.certain).toBe(false);
    expect(
      result.doubts.map(({ workload: { name }, placed, least, most }) => [name, placed, least, most]),
    ).toEqual([['second', 0, 0, 1]]);
    expect(result.pending.map(({ certain }) => certain)).toEqual([false]);
  });

  test('one that does not is certain', () => {
    expect(fitted([pod('first'), pod('second')], [node('a'), node('b')]).certain).toBe(true);
  });
});

test('headroom is how many more pods of each workload find a node, each by itself', () => {
  const objects = [workload('Deployment', 'api', { replicas: 1 }), workload('Deployment', 'web', {}, '500m')];
  const result = fitted(objects, [node('a'), node('b')], { headroom: true });
  expect(result.headroom?.map(({ workload: { name }, more }) => [name, more])).toEqual([
    ['api', 2],
    ['web', 5],
  ]);
  expect(result.nodes.map(({ pods }) => pods)).toEqual([1, 1]);
});

describe('bad input', () => {
  function codeOf(run: () => unknown): string {
    try {
      run();
    } catch (error) {
      return error instanceof SeaworthyError
        ? error.problems.map(({ code }) => code).join(' ')
        : String(error);
    }
    return 'nothing thrown';
  }

  test('ten thousand replicas that fit nowhere are told fast', () => {
    const result = fitted([workload('Deployment', 'api', { replicas: 10_000 }, '3')], [node('a'), node('b')]);
    expect(result.pending).toHaveLength(10_000);
  });

  test('more pods than any cluster runs are an error', () => {
    const tooMany = workload('Deployment', 'api', { replicas: 1_000_000 });
    expect(codeOf(() => fitted([tooMany], [node('a')]))).toBe('TOO_MANY_PODS');
  });
});

describe('a field that the release drops', () => {
  const on = (objects: readonly object[], kubernetes: string) =>
    where(fitted(objects, [node('a')], { kubernetes }));

  test('resources of a whole pod reserve nothing up to 1.33', () => {
    const more = { resources: { requests: { cpu: '3' } } };
    const objects = [workload('Deployment', 'api', { replicas: 1 }, '1', more)];
    expect(on(objects, '1.33')).toEqual({ 'api-0': 'a' });
    expect(on(objects, '1.34')).toEqual({ 'api-0': '1 Insufficient cpu' });
  });

  test('a sidecar counts as an init container up to 1.28: it requests nothing beside the main ones', () => {
    const proxy = { name: 'proxy', image: 'proxy:1', restartPolicy: 'Always' };
    const initContainers = [{ ...proxy, resources: { requests: { cpu: '1500m' } } }];
    const objects = [workload('Deployment', 'api', { replicas: 1 }, '1', { initContainers })];
    expect(on(objects, '1.28')).toEqual({ 'api-0': 'a' });
    expect(on(objects, '1.29')).toEqual({ 'api-0': '1 Insufficient cpu' });
  });
});
