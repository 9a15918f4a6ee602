import type { WorkerProps } from '../../lib';
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

it.each<[object, string]>([
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
