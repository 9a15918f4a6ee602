import { FakeClock } from '../../../test/operator/fake-clock';
import { Election, type LeaseRecord, type LeaseStore } from './election';

/** A Lease as a server keeps it, which can be cut off for a candidate. */
class Server {
  record: LeaseRecord | undefined;
  writes = 0;
  requests = 0;
  readonly #cut = new Set<string>();

  cut(name: string): void {
    this.#cut.add(name);
  }

  mend(name: string): void {
    this.#cut.delete(name);
  }

  storeFor(name: string): LeaseStore {
    const reach = async (): Promise<void> => {
      await Promise.resolve();
      this.requests++;
      if (this.#cut.has(name)) throw new Error('the API server cannot be reached');
    };
    return {
      get: async () => {
        await reach();
        return this.record;
      },
      put: async (record) => {
        await reach();
        if (record.version !== (this.record?.version ?? '')) return undefined;
        this.record = { ...record, version: String(++this.writes) };
        return this.record;
      },
    };
  }
}

const clock = new FakeClock();
let server: Server;
let end: AbortController;
beforeEach(() => {
  server = new Server();
  end = new AbortController();
});
afterEach(() => end.abort());

const candidate = (identity: string) => new Election(server.storeFor(identity), { identity, clock });

/** Whether a promise has resolved, and to what. */
function watched<T>(promise: Promise<T>): {
  readonly value: () => T | undefined;
  readonly isOver: () => boolean;
} {
  let over: { readonly value: T } | undefined;
  void promise.then((value) => (over = { value }));
  return { value: () => over?.value, isOver: () => over !== undefined };
}

it('lets the first one lead, and renews the lease while that goes on', async () => {
  const one = candidate('one');
  expect(await one.acquire(end.signal)).toBe(true);
  const held = watched(one.hold(end.signal));
  await clock.forward(60_000);
  expect(held.isOver()).toBe(false);
  expect(server.record).toMatchObject({ holder: 'one', duration: 3_000, transitions: 0 });
  expect(clock.now() - (server.record?.renewed ?? 0)).toBeLessThanOrEqual(1_000);
  // One to read that there is none, and then one a period.
  expect(server.requests).toBe(62);
});

it('goes by no clock that somebody sets: a leader gives up in time, and nobody takes over before', async () => {
  const one = candidate('one');
  await one.acquire(end.signal);
  const held = watched(one.hold(end.signal));
  const next = watched(candidate('two').acquire(end.signal));
  await clock.forward(5_000);
  clock.setBy(3_600_000);
  await clock.forward(5_000);
  expect([held.isOver(), next.isOver()]).toEqual([false, false]);
  clock.setBy(-7_200_000);
  server.cut('one');
  await clock.forward(2_000);
  expect(held.isOver()).toBe(true);
});

it('has another one wait, and take over within a retry period once the lease is released', async () => {
  const [one, two] = [candidate('one'), candidate('two')];
  await one.acquire(end.signal);
  const stopped = new AbortController();
  const held = watched(one.hold(stopped.signal));
  const next = watched(two.acquire(end.signal));
  await clock.forward(60_000);
  expect(next.isOver()).toBe(false);
  stopped.abort();
  await clock.forward(0);
  expect(held.isOver()).toBe(true);
  await one.release();
  await clock.forward(1_000);
  expect(next.value()).toBe(true);
  expect(server.record).toMatchObject({ holder: 'two', transitions: 1 });
});

it('releases no lease that somebody else has', async () => {
  const one = candidate('one');
  await one.acquire(end.signal);
  server.record = { ...(server.record as LeaseRecord), holder: 'two' };
  await one.release();
  expect(server.record.holder).toBe('two');
});

it('takes over from one that is gone once its lease has run out, and not before', async () => {
  const [one, two] = [candidate('one'), candidate('two')];
  await one.acquire(end.signal);
  const next = watched(two.acquire(end.signal));
  await clock.forward(2_900);
  expect(next.isOver()).toBe(false);
  await clock.forward(1_000);
  expect(next.value()).toBe(true);
});

it.each([0, 150, 400, 650, 999])(
  'takes over within five seconds when the leader is killed just after a renewal that is seen %i ms late',
  async (late) => {
    const [one, two] = [candidate('one'), candidate('two')];
    await one.acquire(end.signal);
    const held = watched(one.hold(end.signal));
    await clock.forward(1_000 + late);
    const next = watched(two.acquire(end.signal));
    await clock.forward(10_000 - late);
    expect([held.isOver(), next.isOver()]).toEqual([false, false]);
    server.cut('one');
    const began = clock.now();
    while (!next.isOver()) await clock.forward(50);
    expect(clock.now() - began).toBeGreaterThan(2_000);
    expect(clock.now() - began).toBeLessThanOrEqual(4_050);
  },
);

it('asks for a longer lease once its own work has held it up, so that nobody takes that from it again', async () => {
  const [one, two] = [candidate('one'), candidate('two')];
  await one.acquire(end.signal);
  const held = watched(one.hold(end.signal));
  await clock.forward(1_500);
  // Longer than a period, and shorter than the lease.
  clock.holdUp(2_200);
  await clock.forward(1_000);
  expect(held.isOver()).toBe(false);
  expect(server.record).toMatchObject({ holder: 'one', transitions: 0 });
  const next = watched(two.acquire(end.signal));
  const { duration = 0 } = server.record ?? {};
  expect(duration).toBeGreaterThan(5_000);
  for (let round = 0; round < 5; round++) {
    clock.holdUp(3_500);
    await clock.forward(3_000);
  }
  expect([held.isOver(), next.isOver()]).toEqual([false, false]);
});

it('never asks for a lease of more than fifteen seconds', async () => {
  const one = candidate('one');
  await one.acquire(end.signal);
  void one.hold(end.signal);
  // A pause of less than a period is nothing.
  clock.holdUp(1_400);
  await clock.forward(1_000);
  expect(server.record?.duration).toBe(3_000);
  clock.holdUp(3_600_000);
  await clock.forward(10_000);
  expect(server.record?.duration).toBeGreaterThan(14_500);
  expect(server.record?.duration).toBeLessThanOrEqual(15_000);
  // It comes back from that when nothing holds it up.
  await clock.forward(620_000);
  expect(server.record).toMatchObject({ holder: 'one', duration: 3_000, transitions: 0 });
});

it('says that it has lost the lease to one that took it while it was held up', async () => {
  const one = candidate('one');
  await one.acquire(end.signal);
  const held = watched(one.hold(end.signal));
  clock.holdUp(10_000);
  server.record = { ...(server.record as LeaseRecord), holder: 'two', version: String(++server.writes) };
  await clock.forward(0);
  expect([held.isOver(), one.leader]).toEqual([true, 'two']);
});

it('gives up before others take over when the server cannot be reached', async () => {
  const [one, two] = [candidate('one'), candidate('two')];
  await one.acquire(end.signal);
  const held = watched(one.hold(end.signal));
  const next = watched(two.acquire(end.signal));
  await clock.forward(5_000);
  server.cut('one');
  let lost = 0;
  for (const began = clock.now(); !next.isOver() && clock.now() - began < 30_000;) {
    await clock.forward(100);
    if (held.isOver() && lost === 0) lost = clock.now() - began;
  }
  expect(lost).toBeGreaterThan(0);
  expect(lost).toBeLessThanOrEqual(2_100);
  expect(next.value()).toBe(true);
});

it('goes on over a server that is away for a moment', async () => {
  const one = candidate('one');
  await one.acquire(end.signal);
  const held = watched(one.hold(end.signal));
  server.cut('one');
  await clock.forward(1_700);
  server.mend('one');
  await clock.forward(30_000);
  expect(held.isOver()).toBe(false);
});

it('stops at once where somebody else has taken the lease', async () => {
  const one = candidate('one');
  await one.acquire(end.signal);
  const held = watched(one.hold(end.signal));
  const version = String(++server.writes);
  server.record = { ...(server.record as LeaseRecord), holder: 'two', version };
  await clock.forward(2_000);
  expect(held.isOver()).toBe(true);
  expect(one.leader).toBe('two');
});

it('lets one of two lead that come at the same moment', async () => {
  const both = [candidate('one'), candidate('two')].map((each) => watched(each.acquire(end.signal)));
  await clock.forward(2_000);
  expect(both.filter((each) => each.value() === true)).toHaveLength(1);
});

it('does not compare clocks: a leader whose clock is an hour behind keeps its lease', async () => {
  const behind = new FakeClock(clock.now() - 3_600_000);
  const one = new Election(server.storeFor('one'), { identity: 'one', clock: behind });
  await one.acquire(end.signal);
  void one.hold(end.signal);
  const next = watched(candidate('two').acquire(end.signal));
  for (let seconds = 0; seconds < 40; seconds++) {
    await behind.forward(1_000);
    await clock.forward(1_000);
  }
  expect(next.isOver()).toBe(false);
});
