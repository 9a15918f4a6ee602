import { at, faultsOf, only, problems, rendered, worker } from '../../../test/constructs/rendering';
import type { WorkerProps } from '../../index';
import { Worker } from '../../index';

describe('a budget', () => {
  const spec = (budget: WorkerProps['disruptionBudget'] & object): unknown =>
    only('PodDisruptionBudget', worker({ replicas: 3, disruptionBudget: budget }))['spec'];

  it('says how many may go, or must stay', () => {
    expect(spec({ maxUnavailable: '50%' })).toMatchObject({ maxUnavailable: '50%' });
    expect(spec({ minAvailable: 0 })).toMatchObject({ minAvailable: 0 });
  });

  it('lets pods go that are not ready', () => {
    expect(spec({ maxUnavailable: 1 })).toMatchObject({ unhealthyPodEvictionPolicy: 'AlwaysAllow' });
  });

  it.each<[NonNullable<WorkerProps['replicas']>, WorkerProps['disruptionBudget'] & object, string]>([
    [3, { maxUnavailable: 0 }, 'maxUnavailable'],
    [3, { maxUnavailable: '0%' }, 'maxUnavailable'],
    [3, { minAvailable: 3 }, 'minAvailable'],
    [3, { minAvailable: '67%' }, 'minAvailable'],
    [1, { minAvailable: 1 }, 'minAvailable'],
    [{ max: 9, cpu: '70%' }, { minAvailable: '1%' }, 'minAvailable'],
    [{ min: 3, max: 9, cpu: '70%' }, { minAvailable: 4 }, 'minAvailable'],
    [{ min: 0, max: 9, on: [{ type: 'mysql', metadata: {} }] }, { minAvailable: 1 }, 'minAvailable'],
  ])('of %j is refused where it blocks a drain: %j', (replicas, disruptionBudget, prop) => {
    expect(faultsOf({ replicas, disruptionBudget, resources: { cpu: 1 } })).toEqual([
      `INVALID_PROP disruptionBudget.${prop}`,
    ]);
  });

  it.each<[NonNullable<WorkerProps['replicas']>, WorkerProps['disruptionBudget'] & object]>([
    [3, { minAvailable: '66%' }],
    [1, { maxUnavailable: '1%' }],
    [{ min: 3, max: 9, cpu: '70%' }, { minAvailable: 2 }],
    [{ max: 9, cpu: '70%' }, { minAvailable: 0 }],
    [0, { minAvailable: 1 }],
  ])('of %j lets one pod go: %j', (replicas, disruptionBudget) => {
    expect(faultsOf({ replicas, disruptionBudget, resources: { cpu: 1 } })).toEqual([]);
  });

  it('is there from two replicas on, or where it is asked for', () => {
    const has = (props: Partial<WorkerProps>): boolean =>
      rendered(worker(props)).find({ kind: 'PodDisruptionBudget' }).length === 1;
    expect(has({})).toBe(false);
    expect(has({ replicas: 1 })).toBe(false);
    expect(has({ replicas: 2 })).toBe(true);
    expect(has({ replicas: { max: 2, cpu: '70%' }, resources: { cpu: 1 } })).toBe(true);
    expect(has({ replicas: 2, disruptionBudget: false })).toBe(false);
    expect(has({ disruptionBudget: { maxUnavailable: 1 } })).toBe(true);
  });

  it('is reachable, so that it can be changed', () => {
    const set = rendered((chart) => {
      const app = new Worker(chart, 'app', { image: 'a/b:1', replicas: 2 });
      app.disruptionBudget?.override({ spec: { unhealthyPodEvictionPolicy: 'IfHealthyBudget' } });
      expect(new Worker(chart, 'single', { image: 'a/b:1' }).disruptionBudget).toBeUndefined();
    });
    const { object } = set.get({ kind: 'PodDisruptionBudget' });
    expect(at(object, 'spec.unhealthyPodEvictionPolicy')).toBe('IfHealthyBudget');
  });

  it('says what is wrong with it', () => {
    expect(problems(worker({ disruptionBudget: {} }))).toMatchObject([
      { message: 'exactly one of maxUnavailable and minAvailable is required' },
    ]);
    expect(problems(worker({ disruptionBudget: { maxUnavailable: '150%' } }))).toMatchObject([
      { message: 'Invalid value: "150%": must not be more than 100%' },
    ]);
  });
});

it.each<[object, string]>([
  [{ disruptionBudget: {} }, 'INVALID_PROP disruptionBudget'],
  [{ disruptionBudget: { minAvailable: 1, maxUnavailable: 1 } }, 'INVALID_PROP disruptionBudget'],
  [{ disruptionBudget: { minAvailable: '1' } }, 'INVALID_PROP disruptionBudget.minAvailable'],
  [{ disruptionBudget: { maxUnavailable: '150%' } }, 'INVALID_PROP disruptionBudget.maxUnavailable'],
  [
    { disruptionBudget: { maxUnavailble: 1, minAvailable: 0 } },
    'UNKNOWN_PROP disruptionBudget.maxUnavailble',
  ],
])('tells of %j', (props, fault) => {
  expect(faultsOf(props)).toEqual([fault]);
});
