import { describe, expect, test } from '@jest/globals';
import { budget, node, running, workload, ZONE } from '../../../test/fit/objects';
import { check } from '../../check/check';
import type { Finding } from '../../check/finding';
import { ManifestSet } from '../../manifest/set';
import type { NodePool } from '../../profiles/cluster-profile';
import type { NodeSpec } from '../node-spec';
import { fitRules } from './fit-rules';

const THREE = ['1', '2', '3'].map((each) => node(each, { zone: `zone-${each}` }));

function findings(
  objects: readonly object[],
  nodes: readonly NodeSpec[],
  pods: readonly object[] = [],
): Finding[] {
  const rules = fitRules({ nodes, pods });
  return check(ManifestSet.of(objects), { rules }).filter(({ rule }) => rule.startsWith('fit/'));
}

function told(found: readonly Finding[]): string[] {
  return found.map(
    ({ rule, severity, id, path, message }) => `${rule} ${severity} ${id.name} ${path}: ${message}`,
  );
}

function scaler(max: number): object {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'api', namespace: 'default' },
    spec: {
      maxReplicas: max,
      minReplicas: 1,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' },
    },
  };
}

const REQUESTS = 'spec.template.spec.containers[0].resources.requests.cpu';
const CALM = { strategy: { rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } } };

test('nothing is found where all pods have room to move', () => {
  expect(findings([workload('Deployment', 'api', { replicas: 2 })], THREE)).toEqual([]);
});

describe('fit/pending', () => {
  test('names the field that most nodes refuse the pod for', () => {
    expect(told(findings([workload('Deployment', 'api', { replicas: 2 }, '3')], THREE))).toEqual([
      `fit/pending error api ${REQUESTS}: 2 of 2 pods find no node: 0/3 nodes are available: 3 Insufficient cpu.`,
    ]);
    const elsewhere = workload('Deployment', 'api', {}, '1', { nodeSelector: { disk: 'ssd' } });
    expect(findings([elsewhere], THREE).map(({ path }) => path)).toEqual(['spec.template.spec.nodeSelector']);
  });

  test('counts pods of a StatefulSet that wait for one with that one', () => {
    expect(findings([workload('StatefulSet', 'db', { replicas: 3 }, '3')], THREE)).toHaveLength(1);
  });

  test('is a warning where it hangs on a draw', () => {
    const nodes = [node('b'), node('a', { labels: { disk: 'ssd' } })];
    const picky = workload('Deployment', 'second', CALM, '2', { nodeSelector: { disk: 'ssd' } });
    const found = findings([workload('Deployment', 'first', CALM, '2'), picky], nodes);
    expect(told(found.filter(({ rule }) => rule === 'fit/pending'))).toEqual([
      `fit/pending warning second ${REQUESTS}: 1 of 1 pod finds no node if the scheduler draws otherwise among equally good nodes: 0/2 nodes are available: 1 Insufficient cpu, 1 node(s) didn't match Pod's node affinity/selector.`,
    ]);
  });
});

describe('fit/pending, with node pools that grow', () => {
  const pool = { name: 'general', allocatable: { cpu: '2', memory: '4Gi', pods: '110' } };

  function growing(nodePools: readonly NodePool[], replicas: number): string[] {
    const environments = { test: { nodePools } };
    const set = ManifestSet.from(
      [...ManifestSet.of([workload('Deployment', 'api', { replicas, ...CALM })])].map((manifest) => ({
        ...manifest,
        origin: { environment: 'test' },
      })),
      new Map(Object.entries(environments)),
    );
    return told(
      check(set, { rules: fitRules(), preset: 'none' }).filter(({ rule }) => rule === 'fit/pending'),
    );
  }

  test('says how far they grow, and for how much, and is information', () => {
    expect(growing([{ ...pool, min: 1, max: 100, hourlyPrice: 0.1 }], 5)).toEqual([
      `fit/pending info api ${REQUESTS}: 3 of 5 pods find a node only when pool general grows from 1 to 3 nodes (at most 100), for 146.00 more a month`,
    ]);
    expect(growing([{ ...pool, min: 1, max: 100 }], 2)).toEqual([]);
    expect(growing([{ ...pool, size: 3 }], 5)).toEqual([]);
  });

  test('names what finds no node on the largest pool as an error, and the rest as information', () => {
    expect(growing([{ ...pool, size: 1, max: 2 }], 5)).toEqual([
      `fit/pending error api ${REQUESTS}: 1 of 5 pods finds no node: 0/2 nodes are available: 2 Insufficient cpu.`,
      `fit/pending info api ${REQUESTS}: 2 of 5 pods find a node only when pool general grows from 1 to 2 nodes (at most 2)`,
    ]);
  });
});

test('fit/quota names what the quota says, and is not pending as well', () => {
  const quota = {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'team', namespace: 'default' },
    spec: { hard: { pods: 1 } },
  };
  expect(told(findings([quota, workload('Deployment', 'api', { replicas: 2, ...CALM })], THREE))).toEqual([
    'fit/quota error api spec.template.spec: 1 of 2 pods is never created: exceeded quota: team, requested: pods=1, used: pods=1, limited: pods=1',
  ]);
});

describe('fit/no-headroom', () => {
  test('finds an autoscaler whose maximum has no room', () => {
    const objects = [workload('Deployment', 'api', CALM), scaler(8)];
    expect(told(findings(objects, THREE))).toEqual([
      'fit/no-headroom warning api spec.maxReplicas: only 6 of at most 8 pods of Deployment default/api find a node: 0/3 nodes are available: 3 Insufficient cpu.',
    ]);
    expect(findings([workload('Deployment', 'api', CALM), scaler(6)], THREE)).toEqual([]);
  });

  test('finds a rollout that has no room to begin, unless a pod may be missing', () => {
    const nodes = [node('a'), node('b'), node('c', { unschedulable: true })];
    const full = (more: object): object => workload('Deployment', 'api', { replicas: 2, ...more }, '2');
    const stuck = findings([full({})], nodes).filter(({ rule }) => rule === 'fit/no-headroom');
    expect(told(stuck)).toEqual([
      'fit/no-headroom warning api spec: a rollout gets stuck, as its first new pod finds no node: 0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu.',
    ]);
    const calm = findings([full(CALM)], nodes).map(({ rule }) => rule);
    expect(calm).toEqual(['fit/drain-blocked']);
  });
});

describe('fit/drain-blocked', () => {
  test('finds a budget that lets none go, with the nodes', () => {
    const objects = [
      workload('Deployment', 'api', { replicas: 3 }, '500m'),
      budget('api', { minAvailable: 3 }),
    ];
    expect(told(findings(objects, THREE))).toEqual([
      'fit/drain-blocked warning api spec.template.spec: no pod may be evicted when 1 or one of 2 others is drained: The disruption budget api needs 3 healthy pods and has 3 currently',
    ]);
  });

  test('finds a pod without a new node, but not on the only node of a cluster', () => {
    const objects = [workload('Deployment', 'api', CALM, '2')];
    const small = node('b', { allocatable: { cpu: '1' } });
    expect(told(findings(objects, [node('a'), small]))).toEqual([
      'fit/drain-blocked warning api spec.template.spec: an evicted pod finds no new node when a is drained: 0/2 nodes are available: 1 Insufficient cpu, 1 node(s) were unschedulable.',
    ]);
    expect(findings(objects, [node('a')])).toEqual([]);
  });
});

describe('fit/zone-loss', () => {
  test('finds pods without room in the other zones', () => {
    const nodes = [node('a', { zone: 'x' }), node('b', { zone: 'y', allocatable: { cpu: '2500m' } })];
    const found = findings([workload('Deployment', 'api', { replicas: 4, ...CALM })], nodes);
    expect(told(found.filter(({ rule }) => rule === 'fit/zone-loss'))).toEqual([
      `fit/zone-loss warning api ${REQUESTS}: 2 of 4 pods find no node when zone x is lost: 0/1 nodes are available: 1 Insufficient cpu.`,
    ]);
  });

  test('is information where only a volume keeps the pod', () => {
    const volumes = {
      volumeClaimTemplates: [
        { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast' } },
      ],
    };
    const storage = {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'fast' },
      provisioner: 'disk.example',
      volumeBindingMode: 'WaitForFirstConsumer',
    };
    const found = findings([storage, workload('StatefulSet', 'db', volumes)], THREE);
    const [loss, ...others] = found.filter(({ rule }) => rule === 'fit/zone-loss');
    expect([loss?.severity, loss?.hint, others]).toEqual([
      'info',
      expect.stringContaining('waits until the zone is back'),
      [],
    ]);
  });

  test('says nothing of a cluster in one zone', () => {
    const one = [node('a', { zone: 'x' })];
    expect(findings([workload('Deployment', 'api', CALM)], one)).toEqual([]);
  });
});

test('pods of others are no findings of the set, but take room', () => {
  const pods = THREE.map(({ name }) => running(`other-${name}`, name, { cpu: '2' }));
  const found = findings([workload('Deployment', 'api', {})], THREE, pods);
  expect(found.map(({ rule, id }) => `${rule} ${id.name}`)).toEqual(['fit/pending api']);
});

test('nodes are those of the profile, else those among the objects, else an error names the environment', () => {
  const object = workload('Deployment', 'api', {}, '3');
  const set = (profile: object, more: readonly object[] = []): ManifestSet => {
    const manifests = ManifestSet.of([object, ...more]).manifests.map((each) => ({
      ...each,
      origin: { environment: 'live' },
    }));
    return ManifestSet.from(manifests, new Map([['live', profile]]));
  };
  const run = (of: ManifestSet): string[] =>
    check(of, { rules: fitRules() })
      .filter(({ rule }) => rule === 'fit/pending')
      .map(({ message }) => message);
  const pools = [{ name: 'general', size: 2, allocatable: { cpu: '2' } }];
  expect(run(set({ nodePools: pools }))).toEqual([expect.stringContaining('0/2 nodes')]);
  const growing = [{ name: 'general', size: 2, max: 5, allocatable: { cpu: '2' } }];
  expect(run(set({ nodePools: growing }))).toEqual([expect.stringContaining('0/5 nodes')]);
  const known = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'a', labels: { [ZONE]: 'x' } },
    status: { allocatable: { cpu: '1' } },
  };
  expect(run(set({}, [known]))).toEqual([expect.stringContaining('0/1 nodes')]);
  expect(() => run(set({}))).toThrow(/environment live.*lists no node pools/s);
});

test('a suppression of a rule that did not run is not unused', () => {
  const set = (cpu: string): ManifestSet => {
    const object = workload('Deployment', 'api', CALM, cpu) as { metadata: object };
    const annotations = { 'seaworthy.dev/suppress': 'fit/pending: because the cluster grows' };
    return ManifestSet.of([{ ...object, metadata: { ...object.metadata, annotations } }]);
  };
  const rules = (found: readonly Finding[]): string[] =>
    found.map(({ rule }) => rule).filter((rule) => /^(fit|suppression)\//.test(rule));
  expect(rules(check(set('3')))).toEqual([]);
  expect(rules(check(set('3'), { rules: fitRules({ nodes: THREE }) }))).toEqual([]);
  expect(rules(check(set('1'), { rules: fitRules({ nodes: THREE }) }))).toEqual(['suppression/unused']);
});

test('a storage class that the profile names has what claims ask for, though the set has a volume of its own', () => {
  const volume = {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'archive' },
    spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, hostPath: { path: '/x' } },
  };
  const claim = {
    metadata: { name: 'data' },
    spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'gp3' },
  };
  const db = workload('StatefulSet', 'db', { volumeClaimTemplates: [claim] });
  const manifests = ManifestSet.of([volume, db]).manifests.map((each) => ({
    ...each,
    origin: { environment: 'live' },
  }));
  const pendingWith = (storageClasses: readonly string[]): number =>
    check(ManifestSet.from(manifests, new Map([['live', { storageClasses }]])), {
      rules: fitRules({ nodes: THREE }),
    }).filter(({ rule }) => rule === 'fit/pending').length;
  expect([pendingWith(['gp3']), pendingWith(['other'])]).toEqual([0, 1]);
});
