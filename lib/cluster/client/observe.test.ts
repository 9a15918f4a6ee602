import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Cluster } from './cluster';
import type { Request } from './connection';
import { Observation, type Sought } from './observe';

const POD: Sought = { kind: { apiVersion: 'v1', kind: 'Pod' }, selection: { namespace: 'shop' } };
const item = (name: string) => ({ metadata: { name, uid: name, managedFields: [{ manager: 'kubectl' }] } });

/** A server that answers requests and watches by functions of their path. */
function server(
  answer: (path: string) => unknown,
  lines: (signal: AbortSignal | undefined) => AsyncIterable<string> | number,
): Cluster {
  const refusal = (code: number) => ({ code, reason: 'Forbidden', message: 'pods is forbidden', causes: [] });
  return {
    request: ({ path }: Request): Promise<Answer> => {
      const body = answer(path);
      return Promise.resolve(typeof body === 'number' ? { refusal: refusal(body) } : { body, warnings: [] });
    },
    stream: ({ signal }: Request) => {
      const given = lines(signal);
      return Promise.resolve(typeof given === 'number' ? { refusal: refusal(given) } : { lines: given });
    },
  } as unknown as Cluster;
}

async function* events(...told: readonly object[]): AsyncGenerator<string> {
  for (const each of told) yield JSON.stringify(each);
  await sleep(10_000, undefined, { ref: false });
}

const list = (...names: readonly string[]) => ({
  metadata: { resourceVersion: '7' },
  items: names.map(item),
});

async function observed(cluster: Cluster, sought: Sought): Promise<Observation & { end: () => void }> {
  const end = new AbortController();
  const observation = new Observation(cluster, [sought], { signal: end.signal });
  await observation.changed();
  return Object.assign(observation, { end: () => end.abort() });
}

const names = (observation: Observation): unknown[] =>
  observation.objects().map(({ metadata }) => metadata.name);

it('tells what is there, and what becomes of it, without what managers hold', async () => {
  const told = [
    { type: 'ADDED', object: item('b') },
    { type: 'DELETED', object: item('a') },
  ];
  const found = await observed(
    server(
      () => list('a'),
      () => events(...told),
    ),
    POD,
  );
  await sleep(1);
  expect(found.objects()).toEqual([{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'b', uid: 'b' } }]);
  found.end();
});

it('lists again and again what may not be watched', async () => {
  let lists = 0;
  const found = await observed(
    server(
      () => list(`pod-${lists++}`),
      () => 403,
    ),
    POD,
  );
  await sleep(1);
  expect(names(found)).toEqual(['pod-1']);
  found.end();
});

it('reads by name what may not be listed, and notes what may not be read at all', async () => {
  const byName = server(
    (path) => (path.endsWith('/a') ? item('a') : path.endsWith('/b') ? 404 : 403),
    () => 403,
  );
  const found = await observed(byName, { ...POD, names: ['a', 'b'] });
  expect(names(found)).toEqual(['a']);
  expect([...found.forbidden]).toEqual([]);
  found.end();
  const nothing = await observed(
    server(
      () => 403,
      () => 403,
    ),
    POD,
  );
  expect([...nothing.forbidden]).toEqual([['pods', 'Pod']]);
  nothing.end();
});

it('fails without a kind that it needs', async () => {
  const refusing = server(
    () => 403,
    () => 403,
  );
  await expect(observed(refusing, { ...POD, isNeeded: true })).rejects.toMatchObject({
    code: 'CLUSTER_FORBIDDEN',
  });
});
