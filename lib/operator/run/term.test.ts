import { FakeClock, settle } from '../../../test/operator/fake-clock';
import type { Controller } from './controller';
import { Instruments } from './instruments';
import type { Reconciled } from './reconciled';
import { Term } from './term';

type Work = (key: string, isFull: boolean, signal: AbortSignal) => Promise<Reconciled>;

let clock: FakeClock;
let end: AbortController;
let lost: AbortController;
beforeEach(() => {
  clock = new FakeClock();
  lost = new AbortController();
  end = new AbortController();
});

/** A term with resources `a`, `b` …, and what is worked on, in order. */
function termOf(
  names: string,
  work: Work,
  options: { concurrency?: number; resync?: number; grace?: number } = {},
) {
  const done: string[] = [];
  const logged: (readonly [string, unknown])[] = [];
  const keys = Array.from(names, (name) => `WebApp.shop.example shop/${name}`);
  const controller = {
    definition: { kind: 'WebApp', group: 'shop.example' },
    keys: () => keys,
    has: () => true,
    resource: (key: string) => (keys.includes(key) ? { metadata: {} } : undefined),
    reconciler: {
      memory: { clear: () => undefined, forget: () => undefined },
      reconcile: (key: string, _: unknown, isFull: boolean, signal: AbortSignal) => {
        done.push(`${key.slice(-1)}${isFull ? ' in full' : ''}`);
        return work(key.slice(-1), isFull, signal);
      },
    },
  } as unknown as Controller;
  const instruments = new Instruments(clock, () => []);
  const term = new Term({
    controllers: [controller],
    clock,
    instruments,
    logger: { log: (level, message, fields) => logged.push([`${level} ${message}`, fields?.['error']]) },
    concurrency: options.concurrency ?? 2,
    retries: { first: 1_000 },
    resync: options.resync ?? 3_600_000,
    grace: options.grace ?? 5_000,
  });
  return { term, done, logged, instruments, keys };
}

const READY: Reconciled = { result: 'ready' };

it('works on every resource that there is, on so many at once', async () => {
  let now = 0;
  let most = 0;
  const { term, done } = termOf('abcdef', async () => {
    most = Math.max(most, ++now);
    await settle();
    now--;
    return READY;
  });
  const run = term.run(end.signal, lost.signal);
  for (let turn = 0; turn < 10; turn++) await settle();
  expect(done).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  expect(most).toBe(2);
  end.abort();
  await run;
});

it('works on what changes before what is only looked at as it begins', async () => {
  const { term, done, keys } = termOf('abcdef', () => settle().then(() => READY), { concurrency: 1 });
  const run = term.run(end.signal, lost.signal);
  term.add(keys[5] ?? '');
  for (let turn = 0; turn < 20; turn++) await settle();
  expect(done).toEqual(['a', 'f', 'b', 'c', 'd', 'e']);
  end.abort();
  await run;
});

it('tries again what fails, and goes on with the others', async () => {
  let failures = 2;
  const { term, done, logged, instruments } = termOf('ab', (name) =>
    name === 'a' && failures-- > 0 ? Promise.reject(new Error('a bug')) : Promise.resolve(READY),
  );
  const run = term.run(end.signal, lost.signal);
  await clock.forward(500);
  expect(done).toEqual(['a', 'b']);
  expect(instruments.metrics.text()).toContain('seaworthy_operator_oldest_failure_seconds 0.5');
  await clock.forward(500);
  await clock.forward(2_000);
  expect(done).toEqual(['a', 'b', 'a', 'a']);
  expect(logged.filter(([what]) => what === 'error reconcile failed')).toHaveLength(2);
  expect(String(logged[0]?.[1])).toContain('a bug');
  expect(instruments.reconciles.value({ kind: 'WebApp', result: 'failed' })).toBe(2);
  expect(instruments.metrics.text()).toContain('seaworthy_operator_oldest_failure_seconds 0\n');
  end.abort();
  await run;
});

it('comes back to a resource when it is asked to, and never after it has ended', async () => {
  const { term, done } = termOf('a', () => Promise.resolve({ result: 'progressing', again: 20_000 }));
  const run = term.run(end.signal, lost.signal);
  await clock.forward(45_000);
  expect(done).toEqual(['a', 'a', 'a']);
  end.abort();
  await run;
  term.add('WebApp.shop.example shop/a');
  await clock.forward(60_000);
  expect(done).toHaveLength(3);
});

it('looks at everything in full within a resync, spread over it', async () => {
  const names = 'abcdefghijkl';
  const { term, done } = termOf(names, () => Promise.resolve(READY), { resync: 60_000 });
  const run = term.run(end.signal, lost.signal);
  await clock.forward(30_000);
  const half = done.filter((each) => each.endsWith('in full')).length;
  await clock.forward(30_000);
  const full = done.filter((each) => each.endsWith('in full'));
  expect(
    full
      .map((each) => each.charAt(0))
      .sort()
      .join(''),
  ).toBe(names);
  expect(half).toBeLessThan(names.length);
  end.abort();
  await run;
});

it('lets what is in work come to its end for a while, and then ends it', async () => {
  let isAborted = false;
  const { term } = termOf('a', (_, __, signal) => {
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        isAborted = true;
        resolve(READY);
      });
    });
  });
  const run = term.run(end.signal, lost.signal);
  await settle();
  end.abort();
  await clock.forward(4_999);
  expect(isAborted).toBe(false);
  await clock.forward(1);
  await run;
  expect(isAborted).toBe(true);
});

it('ends what is in work at once where others may lead by now, and begins nothing more', async () => {
  const { term, done } = termOf(
    'abc',
    (_, __, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      }),
    { concurrency: 1 },
  );
  const run = term.run(end.signal, lost.signal);
  await settle();
  lost.abort();
  await run;
  expect(done).toEqual(['a']);
});

it('says that it is not well when a worker does not come back', async () => {
  const { term } = termOf('a', () => new Promise(() => undefined));
  void term.run(end.signal, lost.signal);
  await clock.forward(9 * 60_000);
  expect(term.unhealthy()).toBeUndefined();
  await clock.forward(2 * 60_000);
  expect(term.unhealthy()).toContain('shop/a for more than 10 minutes');
});
