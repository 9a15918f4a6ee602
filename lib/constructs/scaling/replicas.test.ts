import { at, faultsOf, only, problems, rendered, worker } from '../../../test/constructs/rendering';
import { ApiObject } from 'cdk8s';
import type { Chart } from '../../index';
import { suppress, Worker } from '../../index';

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

  it.each([
    [
      { scaleDown: 'slow' },
      {
        scaleDown: {
          stabilizationWindowSeconds: 600,
          policies: [
            { type: 'Percent', value: 10, periodSeconds: 60 },
            { type: 'Pods', value: 1, periodSeconds: 60 },
          ],
        },
      },
    ],
    [
      { scaleDown: 'fast' },
      {
        scaleDown: {
          stabilizationWindowSeconds: 0,
          policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
        },
      },
    ],
    [
      { scaleDown: 'never', scaleUp: { selectPolicy: 'Min' } },
      { scaleDown: { selectPolicy: 'Disabled' }, scaleUp: { selectPolicy: 'Min' } },
    ],
  ] as const)('follows as fast as a word says: %j', (behavior, rendered) => {
    const { spec } = only(
      'HorizontalPodAutoscaler',
      worker({ replicas: { ...replicas, behavior }, resources }),
    );
    expect((spec as Record<string, unknown>)['behavior']).toEqual(rendered);
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

  it('is reachable, so that it can be changed', () => {
    const set = rendered((chart) => {
      const app = new Worker(chart, 'app', { image: 'a/b:1', replicas, resources });
      app.autoscaler?.override({ spec: { minReplicas: 5 } });
      expect(new Worker(chart, 'fixed', { image: 'a/b:1', replicas: 2 }).autoscaler).toBeUndefined();
    });
    expect(at(set.get({ kind: 'HorizontalPodAutoscaler' }).object, 'spec.minReplicas')).toBe(5);
  });

  it('says what is wrong with it as the API server does, and how to get out', () => {
    const told = (value: object) =>
      problems(worker({ replicas: value as never, resources })).map(({ message, hint }) => [message, hint]);
    expect(told({ min: 5, max: 3, cpu: '50%' })).toEqual([
      ['Invalid value: 3: must be greater than or equal to min (5)', undefined],
    ]);
    expect(told({ max: 3, cpu: 70 })).toEqual([
      ['Invalid value: expected a percentage, got a number', "Percentages look like '70%'."],
    ]);
    expect(told({ max: 3 })).toEqual([
      [
        'Required value: at least one metric to scale by',
        "Set `cpu`, such as '70%', or `memory`, `metrics` or `on`.",
      ],
    ]);
    expect(problems(worker({ replicas: { max: 3, cpu: '70%' } }))).toMatchObject([
      {
        message: 'a percentage needs a request: app requests no cpu',
        hint: 'Set the request in `resources.cpu`.',
      },
    ]);
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
  [
    { replicas: { max: 3, cpu: '70%', behavior: { scaleDown: 'slowly' } }, resources: { cpu: 1 } },
    'INVALID_PROP replicas.behavior.scaleDown',
  ],
  [
    { replicas: { max: 3, cpu: '70%', behavior: { scaleup: {} } }, resources: { cpu: 1 } },
    'UNKNOWN_PROP replicas.behavior.scaleup',
  ],
  [{ replicas: { maximum: 3, max: 3, cpu: '70%' }, resources: { cpu: 1 } }, 'UNKNOWN_PROP replicas.maximum'],
])('tells of %j', (props, fault) => {
  expect(faultsOf(props)).toEqual([fault]);
});

describe('two autoscalers of one workload', () => {
  const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop-app' };
  const raw = (
    chart: Chart,
    id: string,
    kind = 'HorizontalPodAutoscaler',
    scaleTargetRef: object = target,
  ): ApiObject =>
    new ApiObject(chart, id, {
      apiVersion: kind === 'ScaledObject' ? 'keda.sh/v1alpha1' : 'autoscaling/v2',
      kind,
      metadata: { name: id },
      spec: { scaleTargetRef, maxReplicas: 3 },
    });
  const own = worker({ replicas: { max: 9, cpu: '70%' }, resources: { cpu: '1' } });

  it('are an error, where one of them or both are written by hand', () => {
    const problem = {
      code: 'INVALID_PROP',
      path: 'spec.scaleTargetRef.name',
      hint: 'Keep one of them, or merge their metrics.',
    };
    expect(problems((chart) => [own(chart), raw(chart, 'by-hand')])).toMatchObject([
      {
        ...problem,
        place: 'shop/by-hand',
        message: 'Deployment shop-app is already scaled by HorizontalPodAutoscaler shop-app',
      },
    ]);
    expect(
      problems((chart) => [worker({})(chart), raw(chart, 'a'), raw(chart, 'b', 'ScaledObject')]),
    ).toMatchObject([
      {
        ...problem,
        place: 'shop/b',
        message: 'Deployment shop-app is already scaled by HorizontalPodAutoscaler a',
      },
    ]);
    const elsewhere = { ...target, name: 'of-another-app' };
    expect(
      problems((chart) => [raw(chart, 'a', undefined, elsewhere), raw(chart, 'b', undefined, elsewhere)]),
    ).toMatchObject([
      { ...problem, message: 'Deployment of-another-app is already scaled by HorizontalPodAutoscaler a' },
    ]);
  });

  it('may be what somebody wants, and says so', () => {
    const accepted = (chart: Chart): void => {
      own(chart);
      suppress(raw(chart, 'by-hand'), 'wiring/scalers-collide', 'one of them is paused by an operator');
    };
    expect(problems(accepted)).toEqual([]);
  });

  it('are none where each has its own, or only recommends', () => {
    const vertical = (chart: Chart): ApiObject =>
      new ApiObject(chart, 'vertical', {
        apiVersion: 'autoscaling.k8s.io/v1',
        kind: 'VerticalPodAutoscaler',
        spec: { targetRef: target, updatePolicy: { updateMode: 'Off' } },
      });
    expect(
      problems((chart) => [
        own(chart),
        vertical(chart),
        raw(chart, 'other', undefined, { ...target, kind: 'StatefulSet' }),
      ]),
    ).toEqual([]);
  });
});
