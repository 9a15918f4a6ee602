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
      app.disruptionBudget?.override({ spec: { unhealthyPodEvictionPolicy: 'AlwaysAllow' } });
      expect(new Worker(chart, 'single', { image: 'a/b:1' }).disruptionBudget).toBeUndefined();
    });
    const { object } = set.get({ kind: 'PodDisruptionBudget' });
    expect(at(object, 'spec.unhealthyPodEvictionPolicy')).toBe('AlwaysAllow');
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
    { disruptionBudget: { maxUnavailble: 1, minAvailable: 1 } },
    'UNKNOWN_PROP disruptionBudget.maxUnavailble',
  ],
])('tells of %j', (props, fault) => {
  expect(faultsOf(props)).toEqual([fault]);
});
