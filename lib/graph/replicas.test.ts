import { ManifestSet } from '../manifest/set';
import { Cluster } from './cluster';
import { parallelPods } from './namespace-use';
import { replicasOf } from './replicas';
import { scalersOf, utilizationsOf } from './scalers';

const template = { spec: { containers: [{ name: 'web' }] } };

function workload(apiVersion: string, kind: string, spec: object = {}): object {
  return { apiVersion, kind, metadata: { name: 'web', namespace: 'shop' }, spec: { template, ...spec } };
}

function hpa(spec: object, name = 'web', target: object = {}): object {
  const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', ...target };
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name, namespace: 'shop' },
    spec: { scaleTargetRef, ...spec },
  };
}

function keda(spec: object, target: object = {}): object {
  return {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name: 'queue', namespace: 'shop' },
    spec: { scaleTargetRef: { name: 'web', ...target }, ...spec },
  };
}

/** How many pods the first of the objects has, and what scales it. */
function replicas(...objects: object[]) {
  const set = ManifestSet.of(objects);
  const [first] = set.manifests;
  const found = first && replicasOf(new Cluster(set), first);
  return found && { ...found, scalers: found.scalers.map(({ manifest }) => manifest.id.name) };
}

const web = workload('apps/v1', 'Deployment');

describe('without an autoscaler', () => {
  it.each([
    ['apps/v1', 'Deployment'],
    ['apps/v1', 'StatefulSet'],
    ['apps/v1', 'ReplicaSet'],
    ['v1', 'ReplicationController'],
    ['argoproj.io/v1alpha1', 'Rollout'],
    ['apps.kruise.io/v1alpha1', 'CloneSet'],
  ])('a %s %s has what it says, and one pod otherwise', (apiVersion, kind) => {
    expect(replicas(workload(apiVersion, kind))).toEqual({ min: 1, max: 1, scalers: [] });
    expect(replicas(workload(apiVersion, kind, { replicas: null }))).toEqual({ min: 1, max: 1, scalers: [] });
    const five = { min: 5, max: 5, current: 5, scalers: [] };
    expect(replicas(workload(apiVersion, kind, { replicas: 5 }))).toEqual(five);
    const none = { min: 0, max: 0, current: 0, scalers: [] };
    expect(replicas(workload(apiVersion, kind, { replicas: 0 }))).toEqual(none);
  });

  it.each([5e-324, 2.5, -0.5])('%s pods are none', (number) => {
    expect(replicas(workload('apps/v1', 'Deployment', { replicas: number }))?.min).toBe(0);
    expect(replicas(web, hpa({ minReplicas: number }))?.min).toBe(0);
    expect(replicas(web, keda({ minReplicaCount: number }))?.min).toBe(0);
  });

  it('a custom resource with a pod template has what it says', () => {
    const fleet = workload('example.com/v1', 'Fleet', { replicas: 2 });
    expect(replicas(fleet)).toEqual({ min: 2, max: 2, current: 2, scalers: [] });
    expect(replicas(workload('example.com/v1', 'Fleet'))).toBeUndefined();
    expect(replicas(workload('example.com/v1', 'Fleet', { template: {}, replicas: 2 }))).toBeUndefined();
  });

  it('a Pod is one, and of a DaemonSet or Job nobody knows', () => {
    expect(replicas({ ...workload('v1', 'Pod'), spec: template.spec })).toMatchObject({ min: 1, max: 1 });
    expect(replicas(workload('apps/v1', 'DaemonSet'))).toBeUndefined();
    expect(replicas(workload('batch/v1', 'Job'))).toBeUndefined();
  });
});

describe('with a HorizontalPodAutoscaler', () => {
  it('has its range, with one pod at least unless it says otherwise', () => {
    expect(replicas(web, hpa({ minReplicas: 2, maxReplicas: 9 }))).toEqual({
      min: 2,
      max: 9,
      scalers: ['web'],
    });
    expect(replicas(web, hpa({ maxReplicas: 9 }))).toMatchObject({ min: 1, max: 9 });
    expect(replicas(web, hpa({ minReplicas: null, maxReplicas: 9 }))).toMatchObject({ min: 1, max: 9 });
    expect(replicas(web, hpa({ minReplicas: 3 }))).toMatchObject({ min: 3, max: 3 });
  });

  it('keeps what the workload says beside it', () => {
    const found = replicas(workload('apps/v1', 'Deployment', { replicas: 4 }), hpa({ maxReplicas: 9 }));
    expect(found).toEqual({ min: 1, max: 9, current: 4, scalers: ['web'] });
  });

  it('is switched off by 0 replicas', () => {
    const stopped = workload('apps/v1', 'Deployment', { replicas: 0 });
    expect(replicas(stopped, hpa({ maxReplicas: 9 }))).toMatchObject({ min: 0, max: 0, scalers: ['web'] });
    expect(replicas(stopped, hpa({ minReplicas: 0, maxReplicas: 9 }))).toMatchObject({ min: 0, max: 9 });
    expect(replicas(stopped, keda({ maxReplicaCount: 9 }))).toMatchObject({ min: 0, max: 9 });
  });

  it('is not that of another kind, name, group or namespace', () => {
    const range = { minReplicas: 2, maxReplicas: 9 };
    for (const target of [{ kind: 'StatefulSet' }, { name: 'api' }, { apiVersion: 'argoproj.io/v1alpha1' }])
      expect(replicas(web, hpa(range, 'other', target))?.scalers).toEqual([]);
    const away = { ...hpa(range), metadata: { name: 'web', namespace: 'mail' } };
    expect(replicas(web, away)?.scalers).toEqual([]);
  });

  it('scales a Rollout too', () => {
    const target = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout' };
    const found = replicas(
      workload('argoproj.io/v1alpha1', 'Rollout'),
      hpa({ minReplicas: 2, maxReplicas: 4 }, 'web', target),
    );
    expect(found).toEqual({ min: 2, max: 4, scalers: ['web'] });
  });
});

describe('with a ScaledObject', () => {
  it('has its range, from none to a hundred unless it says otherwise', () => {
    expect(replicas(web, keda({}))).toEqual({ min: 0, max: 100, scalers: ['queue'] });
    const range = { minReplicaCount: 5, maxReplicaCount: 7 };
    expect(replicas(web, keda(range))).toMatchObject({ min: 5, max: 7 });
    expect(replicas(web, keda({ ...range, idleReplicaCount: 0 }))).toMatchObject({ min: 0, max: 7 });
  });

  it('keeps the number that it is paused at', () => {
    const paused = { ...keda({ maxReplicaCount: 9 }) };
    const metadata = { name: 'queue', namespace: 'shop' };
    const at = (annotations: object) => replicas(web, { ...paused, metadata: { ...metadata, annotations } });
    expect(at({ 'autoscaling.keda.sh/paused-replicas': '4' })).toMatchObject({ min: 4, max: 4 });
    expect(at({ 'autoscaling.keda.sh/paused-replicas': 'x' })).toMatchObject({ min: 0, max: 9 });
  });

  it('scales a Deployment unless it says otherwise', () => {
    const set = workload('apps/v1', 'StatefulSet');
    expect(replicas(set, keda({}))?.scalers).toEqual([]);
    expect(replicas(set, keda({}, { kind: 'StatefulSet' }))?.scalers).toEqual(['queue']);
  });
});

it('shows two autoscalers of one workload, and the range of both', () => {
  const found = replicas(
    web,
    hpa({ minReplicas: 2, maxReplicas: 4 }),
    keda({ minReplicaCount: 1, maxReplicaCount: 3 }),
  );
  expect(found).toEqual({ min: 1, max: 4, scalers: ['web', 'queue'] });
});

it('takes no number from a VerticalPodAutoscaler', () => {
  const vertical = {
    apiVersion: 'autoscaling.k8s.io/v1',
    kind: 'VerticalPodAutoscaler',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } },
  };
  expect(replicas(web, vertical)).toEqual({ min: 1, max: 1, scalers: [] });
  const set = ManifestSet.of([web, vertical]);
  const [deployment] = set.manifests;
  const [scaler] = deployment === undefined ? [] : scalersOf(new Cluster(set), deployment);
  expect([scaler?.direction, scaler?.name.path]).toEqual(['vertical', 'spec.targetRef.name']);
});

it('knows autoscalers that are in the cluster already', () => {
  const set = ManifestSet.of([web]);
  const assume = ManifestSet.of([hpa({ minReplicas: 2, maxReplicas: 9 })]);
  const [deployment] = set.manifests;
  expect(deployment && replicasOf(new Cluster(set, {}, { assume }), deployment)).toMatchObject({ min: 2 });
});

describe('what is measured in percent of what is requested', () => {
  function measured(scaler: object): string[] {
    const set = ManifestSet.of([web, scaler]);
    const [deployment] = set.manifests;
    const scalers = deployment === undefined ? [] : scalersOf(new Cluster(set), deployment);
    return scalers
      .flatMap(utilizationsOf)
      .map(({ field, resource, container }) => `${field.path} ${resource} ${container?.text ?? '-'}`);
  }

  it('is a metric of a HorizontalPodAutoscaler with the type Utilization', () => {
    const metrics = [
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization' } } },
      { type: 'Resource', resource: { name: 'memory', target: { type: 'AverageValue' } } },
      {
        type: 'ContainerResource',
        containerResource: { name: 'memory', container: 'web', target: { type: 'Utilization' } },
      },
    ];
    expect(measured(hpa({ metrics }))).toEqual([
      'spec.metrics[0].resource cpu -',
      'spec.metrics[2].containerResource memory web',
    ]);
    expect(measured(hpa({ targetCPUUtilizationPercentage: 80 }))).toEqual([
      'spec.targetCPUUtilizationPercentage cpu -',
    ]);
  });

  it('is a trigger of a ScaledObject for cpu or memory, unless it has another type', () => {
    const triggers = [
      { type: 'cpu', metadata: { value: '60' } },
      { type: 'memory', metricType: 'AverageValue' },
      { type: 'cpu', metadata: { type: 'Value' } },
      { type: 'memory', metadata: { containerName: 'web' } },
      { type: 'kafka' },
    ];
    expect(measured(keda({ triggers }))).toEqual(['spec.triggers[0] cpu -', 'spec.triggers[3] memory web']);
  });
});

test('a Job runs as many pods at a time as it says in whole numbers, and one otherwise', () => {
  expect(parallelPods({ parallelism: 3, completions: 2 })).toBe(2);
  expect(parallelPods({ parallelism: 3, completions: 0.5 })).toBe(3);
  expect(parallelPods({ parallelism: 5e-324 })).toBe(1);
});
