import { FakeClock, settle } from '../../../test/operator/fake-clock';
import { WorkQueue } from './queue';

const NOW = 'nothing yet';

/** What a queue gives now, without waiting. */
async function taken(queue: WorkQueue): Promise<string | undefined> {
  return Promise.race([queue.take(), settle().then(() => NOW)]);
}

it('gives keys in the order in which they came, each once', async () => {
  const queue = new WorkQueue(new FakeClock());
  for (const key of ['a', 'b', 'a']) queue.add(key);
  expect(queue.depth).toBe(2);
  expect([await queue.take(), await queue.take()]).toEqual(['a', 'b']);
  expect(await taken(queue)).toBe(NOW);
});

it('gives what is in the background after the rest, and each fourth time all the same', async () => {
  const queue = new WorkQueue(new FakeClock());
  for (const key of ['x', 'y', 'z']) queue.addInBackground(key);
  for (const key of ['a', 'b', 'c', 'd', 'z']) queue.add(key);
  queue.addInBackground('a');
  expect(queue.depth).toBe(7);
  const given: (string | undefined)[] = [];
  while (queue.depth > 0) given.push(await queue.take());
  expect(given).toEqual(['a', 'b', 'c', 'x', 'd', 'z', 'y']);
});

it('gives a key of the background again that was added while it was worked on', async () => {
  const queue = new WorkQueue(new FakeClock());
  queue.addInBackground('a');
  await queue.take();
  queue.addInBackground('a');
  expect(await taken(queue)).toBe(NOW);
  queue.done('a');
  expect(queue.isIdle).toBe(false);
});

it('gives a key to nobody else while it is worked on, and once more if it was added in the meantime', async () => {
  const queue = new WorkQueue(new FakeClock());
  queue.add('a');
  await queue.take();
  queue.add('a');
  queue.add('a');
  const next = queue.take();
  expect(await Promise.race([next, settle().then(() => NOW)])).toBe(NOW);
  queue.done('a');
  expect(await next).toBe('a');
  queue.done('a');
  expect(queue.isIdle).toBe(true);
});

it('adds a key later, at the earliest time that was asked for', async () => {
  const clock = new FakeClock();
  const queue = new WorkQueue(clock);
  queue.addAfter('a', 1000);
  queue.addAfter('a', 300);
  queue.addAfter('a', 2000);
  await clock.forward(299);
  expect(queue.depth).toBe(0);
  await clock.forward(1);
  expect(queue.depth).toBe(1);
  expect(await queue.take()).toBe('a');
  queue.done('a');
  await clock.forward(5000);
  expect(queue.isIdle).toBe(true);
});

it('calls off what comes later once the key comes now', async () => {
  const clock = new FakeClock();
  const queue = new WorkQueue(clock);
  queue.addAfter('a', 1000);
  queue.add('a');
  await queue.take();
  queue.done('a');
  await clock.forward(2000);
  expect(queue.isIdle).toBe(true);
});

it('waits twice as long after each failure, up to a limit, and briefly again once the key has succeeded', () => {
  const queue = new WorkQueue(new FakeClock(), { first: 100, longest: 700 });
  const pauses = [1, 2, 3, 4, 5].map(() => queue.addFailed('a'));
  expect(pauses).toEqual([100, 200, 400, 700, 700]);
  expect(queue.failuresOf('a')).toBe(5);
  queue.forget('a');
  expect(queue.addFailed('a')).toBe(100);
});

it('limits the retries of all keys together', async () => {
  const clock = new FakeClock();
  const queue = new WorkQueue(clock, { first: 1, perSecond: 10, burst: 3 });
  const pauses = ['a', 'b', 'c', 'd', 'e'].map((key) => queue.addFailed(key));
  expect(pauses).toEqual([1, 1, 1, 100, 200]);
  await clock.forward(10_000);
  expect(queue.addFailed('f')).toBe(1);
});

it('ends those that wait, and gives nothing any more', async () => {
  const clock = new FakeClock();
  const queue = new WorkQueue(clock);
  const waits = queue.take();
  queue.addAfter('late', 100);
  queue.end();
  expect(await waits).toBeUndefined();
  queue.add('a');
  await clock.forward(1000);
  expect(await queue.take()).toBeUndefined();
});

it('tells how deep it is and how long a key waited', async () => {
  const clock = new FakeClock();
  const told: (readonly [string, number])[] = [];
  const queue = new WorkQueue(
    clock,
    {},
    { onDepth: (depth) => told.push(['depth', depth]), onTaken: (waited) => told.push(['waited', waited]) },
  );
  queue.add('a');
  await clock.forward(250);
  await queue.take();
  expect(told).toEqual([
    ['depth', 1],
    ['depth', 0],
    ['waited', 250],
  ]);
});
