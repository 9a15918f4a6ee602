import { at, containerOf, faultsOf, podOf } from '../rendering';

it('runs commands, asks by HTTP and sleeps', () => {
  const lifecycle = { postStart: { command: ['/start'] }, preStop: { http: '/stop' } };
  expect(at(containerOf({ port: 80, lifecycle }), 'lifecycle')).toEqual({
    postStart: { exec: { command: ['/start'] } },
    preStop: { httpGet: { path: '/stop', port: 'main' } },
  });
  expect(at(containerOf({ lifecycle: { preStop: { sleep: 5 } } }), 'lifecycle')).toEqual({
    preStop: { sleep: { seconds: 5 } },
  });
});

it('ends gracefully within the time of the pod', () => {
  const props = { lifecycle: { preStop: { sleep: 60 } }, terminationGracePeriod: 90 };
  expect(at(podOf(props), 'terminationGracePeriodSeconds')).toBe(90);
  expect(faultsOf({ ...props, terminationGracePeriod: 30 })).toEqual([
    'INVALID_PROP lifecycle.preStop.sleep',
  ]);
  expect(faultsOf({ lifecycle: { preStop: { sleep: 31 } } })).toEqual([
    'INVALID_PROP lifecycle.preStop.sleep',
  ]);
});

it('sleeps since 1.30, or where the cluster turns it on', () => {
  const sleeping = (sleep: number, kubernetes: string, featureGates = {}): readonly string[] =>
    faultsOf({ lifecycle: { preStop: { sleep } } }, { profile: { kubernetes, featureGates } });
  expect(sleeping(5, '1.29', { PodLifecycleSleepAction: true })).toEqual([]);
  expect(sleeping(5, '1.30', { PodLifecycleSleepAction: false })).toEqual([
    'INVALID_PROP lifecycle.preStop.sleep',
  ]);
  expect(sleeping(5, '1.30')).toEqual([]);
  expect(sleeping(5, '1.29')).toEqual(['INVALID_PROP lifecycle.preStop.sleep']);
});

it('does nothing for no second at all, which the API server takes since 1.33', () => {
  const lifecycle = { preStop: { sleep: 0 } };
  const at32 = containerOf({ lifecycle }, { profile: { kubernetes: '1.32' } });
  const at33 = containerOf({ lifecycle }, { profile: { kubernetes: '1.33' } });
  expect([at(at32, 'lifecycle'), at(at33, 'lifecycle')]).toEqual([
    undefined,
    { preStop: { sleep: { seconds: 0 } } },
  ]);
});

it.each<[object, string]>([
  [{ preStopp: { sleep: 5 } }, 'UNKNOWN_PROP lifecycle.preStopp'],
  [{ preStop: {} }, 'INVALID_PROP lifecycle.preStop'],
  [{ preStop: { tcp: 80 } }, 'INVALID_PROP lifecycle.preStop'],
  [{ preStop: { sleep: 5, command: ['x'] } }, 'INVALID_PROP lifecycle.preStop.sleep'],
  [{ preStop: { sleep: 5, seconds: 5 } }, 'UNKNOWN_PROP lifecycle.preStop.seconds'],
])('tells of %j', (lifecycle, fault) => {
  expect(faultsOf({ lifecycle })).toEqual([fault]);
});
