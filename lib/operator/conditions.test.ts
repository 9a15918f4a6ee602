import { conditionsOf, nextStatus } from './conditions';
import type { CustomResource, Outcome } from './types';

const NOON = new Date('2026-01-01T12:00:00.500Z');
const LATER = new Date('2026-01-01T13:00:00Z');

const resource = (status?: CustomResource['status']): CustomResource => ({
  apiVersion: 'shop.example/v1',
  kind: 'WebApp',
  metadata: { name: 'shop', namespace: 'shop', generation: 3 },
  ...(status !== undefined && { status }),
});

const outcome = (state: Outcome['state'], message = 'so'): Outcome => ({ state, reason: 'Why', message });

const told = (state: Outcome['state']): object =>
  Object.fromEntries(
    conditionsOf(outcome(state), { now: NOON }).map(({ type, status }) => [type, status === 'True']),
  );

it('says one of three', () => {
  expect(told('ready')).toEqual({ Ready: true, Progressing: false, Stalled: false });
  expect(told('progressing')).toEqual({ Ready: false, Progressing: true, Stalled: false });
  expect(told('stalled')).toEqual({ Ready: false, Progressing: false, Stalled: true });
});

it('says since when, in whole seconds, and of which generation', () => {
  const { conditions, observedGeneration } = nextStatus(resource(), outcome('ready'), NOON);
  expect(observedGeneration).toBe(3);
  expect(conditions?.[0]).toEqual({
    type: 'Ready',
    status: 'True',
    reason: 'Why',
    message: 'so',
    lastTransitionTime: '2026-01-01T12:00:00Z',
    observedGeneration: 3,
  });
});

it('keeps the time of what stays, whatever else is said of it', () => {
  const first = nextStatus(resource(), outcome('progressing', '1 of 2'), NOON);
  const second = nextStatus(resource(first), outcome('progressing', '2 of 2'), LATER);
  expect(second.conditions?.map(({ lastTransitionTime }) => lastTransitionTime)).toEqual(
    Array(3).fill('2026-01-01T12:00:00Z'),
  );
  const third = nextStatus(resource(second), outcome('ready'), LATER);
  expect(third.conditions?.map(({ lastTransitionTime }) => lastTransitionTime.slice(11, 13))).toEqual([
    '13',
    '13',
    '12',
  ]);
});

it('changes nothing where nothing changes, and keeps numbers that an outcome does not know', () => {
  const first = nextStatus(
    resource(),
    { ...outcome('ready'), objects: 4, replicas: 2, selector: 'a=b' },
    NOON,
  );
  expect(nextStatus(resource(first), outcome('ready'), LATER)).toEqual(first);
});

it('cuts a message that the API server would refuse', () => {
  const [ready] = conditionsOf(outcome('stalled', 'x'.repeat(100_000)), { now: NOON });
  expect(ready?.message.length).toBeLessThanOrEqual(32_768);
});
