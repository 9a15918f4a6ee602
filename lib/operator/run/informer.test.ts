import { FakeClock } from '../../../test/operator/fake-clock';
import { WatchStream } from '../../../test/operator/watch-stream';
import type { Answer, Cluster } from '../../cluster/client/cluster';
import type { Request } from '../../cluster/client/connection';
import type { KubeObject } from '../../manifest/manifest';
import { Informer } from './informer';

const KIND = { apiVersion: 'v1', kind: 'ConfigMap' };
const object = (name: string, version: number, uid = name) => ({
  metadata: { name, namespace: 'shop', uid, resourceVersion: String(version) },
});

const refusalOf = (code: number) => ({ code, reason: 'Gone', message: 'the server says no', causes: [] });

interface Fake {
  items: readonly object[] | number;
  readonly streams: WatchStream[];
  lists: number;
}

/** A server that lists what `fake` has, and gives a new stream to each watch. */
function served(fake: Fake): Cluster {
  return {
    request: (): Promise<Answer> => {
      fake.lists++;
      if (typeof fake.items === 'number') return Promise.resolve({ refusal: refusalOf(fake.items) });
      return Promise.resolve({
        body: { metadata: { resourceVersion: '10' }, items: fake.items },
        warnings: [],
      });
    },
    stream: (_: Request) => {
      const stream = new WatchStream();
      fake.streams.push(stream);
      return Promise.resolve({ lines: stream });
    },
  } as unknown as Cluster;
}

let end: AbortController;
let told: string[];
let clock: FakeClock;
beforeEach(() => {
  end = new AbortController();
  told = [];
  clock = new FakeClock();
});
afterEach(() => end.abort());

function informerOf(fake: Fake): Informer {
  return new Informer(served(fake), {
    kind: KIND,
    clock,
    signal: end.signal,
    onChange: ({ metadata }: KubeObject, isGone) =>
      told.push(`${isGone ? '-' : '+'}${metadata.name} ${String(metadata['resourceVersion'])}`),
    onTrouble: (_, message) => told.push(message),
  });
}

/** Waits a little, until something is so. */
async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !holds(); tries++) await new Promise((next) => setTimeout(next, 10));
}

it('keeps what there is and what becomes of it', async () => {
  const fake: Fake = { items: [object('a', 1), object('b', 2)], streams: [], lists: 0 };
  const informer = informerOf(fake);
  await informer.synced();
  await until(() => fake.streams.length === 1);
  fake.streams[0]?.tell('MODIFIED', object('a', 11));
  fake.streams[0]?.tell('BOOKMARK', { metadata: { resourceVersion: '12' } });
  fake.streams[0]?.tell('DELETED', object('b', 13));
  await until(() => told.length === 4);
  expect(told).toEqual(['+a 1', '+b 2', '+a 11', '-b 2']);
  expect([...informer.objects()].map(({ metadata }) => metadata.name)).toEqual(['a']);
  expect(informer.get({ ...KIND, namespace: 'shop', name: 'a' })?.metadata['resourceVersion']).toBe('11');
});

it('goes on from its last version after a cut, and lists again what the server no longer knows', async () => {
  const fake: Fake = { items: [object('a', 1), object('b', 2)], streams: [], lists: 0 };
  const informer = informerOf(fake);
  await informer.synced();
  await until(() => fake.streams.length === 1);
  fake.streams[0]?.end();
  await until(() => fake.streams.length === 2);
  expect(fake.lists).toBe(1);
  fake.items = [object('b', 2), object('c', 20)];
  fake.streams[1]?.tell('ERROR', { metadata: {}, code: 410 });
  await until(() => told.length === 4);
  expect(fake.lists).toBe(2);
  // What has not changed is not told again.
  expect(told).toEqual(['+a 1', '+b 2', '+c 20', '-a 1']);
});

it('takes an object of the same name with another uid for another', async () => {
  const fake: Fake = { items: [object('a', 1)], streams: [], lists: 0 };
  const informer = informerOf(fake);
  await informer.synced();
  await until(() => fake.streams.length === 1);
  fake.streams[0]?.tell('ADDED', object('a', 12, 'second'));
  fake.streams[0]?.tell('DELETED', object('a', 11));
  await until(() => told.length === 2);
  expect(told).toEqual(['+a 1', '+a 12']);
  expect(informer.size).toBe(1);
});

it('asks again, with growing pauses, for what may not be listed', async () => {
  const fake: Fake = { items: 403, streams: [], lists: 0 };
  const informer = informerOf(fake);
  await until(() => told.length === 1);
  expect(told).toEqual(['cannot list configmaps: the server says no']);
  expect(informer.isSynced).toBe(false);
  const lists = [fake.lists];
  for (const milliseconds of [499, 1, 999, 1]) {
    await clock.forward(milliseconds);
    lists.push(fake.lists);
  }
  expect(lists).toEqual([1, 1, 2, 2, 3]);
  fake.items = [object('a', 1)];
  await clock.forward(2_000);
  await informer.synced();
  expect(informer.size).toBe(1);
});

it('takes over what was just written, unless it knows something newer', async () => {
  const fake: Fake = { items: [object('a', 5)], streams: [], lists: 0 };
  const informer = informerOf(fake);
  await informer.synced();
  const id = { ...KIND, namespace: 'shop', name: 'a' };
  informer.learn({ ...KIND, ...object('a', 9) });
  informer.learn({ ...KIND, ...object('a', 7) });
  informer.learn({ ...KIND, ...object('a', 12, 'other') });
  expect(informer.get(id)?.metadata['resourceVersion']).toBe('9');
});
