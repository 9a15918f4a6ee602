import type { WorkerProps } from '../../lib';
import { Worker } from '../../lib';
import { at, faultsOf, only, rendered, worker } from './rendering';

function deployment(props: Partial<WorkerProps>): unknown {
  return only('Deployment', worker(props))['spec'];
}

describe('a Worker', () => {
  it('is a Deployment and a ServiceAccount, and no Service', () => {
    expect([...rendered(worker({ port: 9090 }))].map(({ id }) => id.kind)).toEqual([
      'ServiceAccount',
      'Deployment',
    ]);
  });

  it('is rolled out as it is told', () => {
    const strategy = (rollout: (WorkerProps['rollout'] & object) | 'recreate'): unknown =>
      at(deployment({ rollout }), 'strategy');
    expect(strategy('recreate')).toEqual({ type: 'Recreate' });
    expect(strategy({ maxSurge: 1 })).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } });
    expect(strategy({ maxSurge: 0, maxUnavailable: '10%' })).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: 0, maxUnavailable: '10%' },
    });
  });

  it('says how patient a rollout is, and what is kept of it', () => {
    expect(deployment({ minReady: 10, revisionHistory: 0, progressDeadline: 60 })).toMatchObject({
      minReadySeconds: 10,
      revisionHistoryLimit: 0,
      progressDeadlineSeconds: 60,
    });
  });
});

describe('a number of replicas that follows the load', () => {
  const replicas = { min: 2, max: 9, cpu: '70%', memory: '80%' };
  const resources = { cpu: '250m', memory: '256Mi' };

  it('is decided by an autoscaler, and so unsaid in the Deployment', () => {
    const set = rendered(worker({ replicas, resources }));
    expect(set.get({ kind: 'Deployment' }).object['spec']).not.toHaveProperty('replicas');
    const share = (name: string, averageUtilization: number): object => ({
      type: 'Resource',
      resource: { name, target: { type: 'Utilization', averageUtilization } },
    });
    expect(set.get({ kind: 'HorizontalPodAutoscaler' }).object['spec']).toEqual({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop-app' },
      minReplicas: 2,
      maxReplicas: 9,
      metrics: [share('cpu', 70), share('memory', 80)],
    });
  });

  it('follows other metrics too, as fast as it is told', () => {
    const metrics = [
      { type: 'External', external: { metric: { name: 'queue' }, target: { type: 'Value', value: '9' } } },
    ];
    const behavior = { scaleDown: { stabilizationWindowSeconds: 60 } };
    const { spec } = only('HorizontalPodAutoscaler', worker({ replicas: { max: 3, metrics, behavior } }));
    expect(spec).toMatchObject({ minReplicas: 1, maxReplicas: 3, metrics, behavior });
  });

  it('has a budget where there can be two or more', () => {
    const kinds = [...rendered(worker({ replicas: { max: 3, cpu: '50%' }, resources }))].map(
      ({ id }) => id.kind,
    );
    expect(kinds).toContain('PodDisruptionBudget');
  });

  it('needs every container that keeps running to request what is shared', () => {
    const sidecars = { proxy: { image: 'a/b:1', resources: { memory: '1Mi' } } };
    expect(faultsOf({ replicas, resources, sidecars })).toEqual(['MISSING_PROP replicas.cpu']);
    expect(faultsOf({ replicas, resources, initContainers: { init: { image: 'a/b:1' } } })).toEqual([]);
  });
});

describe('a budget', () => {
  const spec = (budget: WorkerProps['disruptionBudget'] & object): unknown =>
    only('PodDisruptionBudget', worker({ replicas: 3, disruptionBudget: budget }))['spec'];

  it('says how many may go, or must stay', () => {
    expect(spec({ maxUnavailable: '50%' })).toMatchObject({ maxUnavailable: '50%' });
    expect(spec({ minAvailable: 0 })).toMatchObject({ minAvailable: 0 });
  });
});

it.each<[object, string]>([
  [{ replicas: -1 }, 'INVALID_PROP replicas'],
  [{ replicas: '3' }, 'INVALID_PROP replicas'],
  [{ replicas: { max: 3 } }, 'MISSING_PROP replicas'],
  [{ replicas: { min: 5, max: 3, cpu: '50%' }, resources: { cpu: 1 } }, 'INVALID_PROP replicas.max'],
  [{ replicas: { min: 0, max: 3, cpu: '50%' }, resources: { cpu: 1 } }, 'INVALID_PROP replicas.min'],
  [{ replicas: { max: 3, cpu: 70 }, resources: { cpu: 1 } }, 'INVALID_PROP replicas.cpu'],
  [{ replicas: { max: 3, cpu: '70%' } }, 'MISSING_PROP replicas.cpu'],
  [{ replicas: { maximum: 3, max: 3, cpu: '70%' }, resources: { cpu: 1 } }, 'UNKNOWN_PROP replicas.maximum'],
  [{ disruptionBudget: {} }, 'INVALID_PROP disruptionBudget'],
  [{ disruptionBudget: { minAvailable: 1, maxUnavailable: 1 } }, 'INVALID_PROP disruptionBudget'],
  [{ disruptionBudget: { minAvailable: '1' } }, 'INVALID_PROP disruptionBudget.minAvailable'],
  [{ disruptionBudget: { maxUnavailable: '150%' } }, 'INVALID_PROP disruptionBudget.maxUnavailable'],
  [
    { disruptionBudget: { maxUnavailble: 1, minAvailable: 1 } },
    'UNKNOWN_PROP disruptionBudget.maxUnavailble',
  ],
  [{ minReady: 1.5 }, 'INVALID_PROP minReady'],
  [{ minReady: 600 }, 'INVALID_PROP progressDeadline'],
  [{ minReady: 60, progressDeadline: 60 }, 'INVALID_PROP progressDeadline'],
  [{ rollout: { maxSurge: 0, maxUnavailable: '0%' } }, 'INVALID_PROP rollout'],
  [{ rollout: { maxSurge: -1 } }, 'INVALID_PROP rollout.maxSurge'],
  [{ rollout: { maxUnavailable: '101%' } }, 'INVALID_PROP rollout.maxUnavailable'],
  [{ rollout: { surge: 1 } }, 'UNKNOWN_PROP rollout.surge'],
])('tells of %j', (props, fault) => {
  expect(faultsOf(props)).toEqual([fault]);
});

it('takes more than all as a surge', () => {
  expect(faultsOf({ rollout: { maxSurge: '200%' } })).toEqual([]);
});

it('makes each of its objects where they can be changed', () => {
  const set = rendered((chart) => {
    const app = new Worker(chart, 'app', {
      image: 'a/b:1',
      replicas: { max: 4, cpu: '50%' },
      resources: { cpu: 1 },
    });
    app.disruptionBudget?.override({ spec: { unhealthyPodEvictionPolicy: 'AlwaysAllow' } });
    app.autoscaler?.override({ spec: { minReplicas: 2 } });
    app.serviceAccount?.override({ metadata: { annotations: { role: 'x' } } });
  });
  expect(at(set.get({ kind: 'PodDisruptionBudget' }).object, 'spec.unhealthyPodEvictionPolicy')).toBe(
    'AlwaysAllow',
  );
  expect(at(set.get({ kind: 'HorizontalPodAutoscaler' }).object, 'spec.minReplicas')).toBe(2);
  expect(set.get({ kind: 'ServiceAccount' }).object.metadata.annotations).toEqual({ role: 'x' });
});
