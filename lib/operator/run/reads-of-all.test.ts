import type { Answer } from '../../cluster/client/answer';
import type { Request } from '../../cluster/client/connection';
import { readsOfAll } from './reads-of-all';

let now = 0;
const reads = readsOfAll({ elapsed: () => now });

/** How often the server is asked for two questions alike. */
async function asked(path: string, method: Request['method'] = 'GET'): Promise<number> {
  let times = 0;
  const ask = (): Promise<Answer> => {
    times += 1;
    return Promise.resolve({ body: {}, warnings: [] });
  };
  for (let turn = 0; turn < 2; turn++) await reads.answer({ method, path }, ask);
  return times;
}

// Each test is at another time: what was asked in one is old in the next.
beforeEach(() => (now += 60_000));

test.each<[string, Request['method'], string, number]>([
  ['the kinds of a core version', 'GET', '/api/v1', 1],
  ['the versions of a group', 'GET', '/apis/net.example', 1],
  ['the kinds of a version', 'GET', '/apis/net.example/v1', 1],
  ['the quotas of a namespace', 'GET', '/api/v1/namespaces/shop/resourcequotas', 1],
  ['who it is', 'POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', 1],
  ['objects', 'GET', '/apis/net.example/v1/pools', 2],
  ['an object', 'GET', '/api/v1/namespaces/shop', 2],
  ['a definition', 'GET', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/pools.net.example', 2],
  ['what it writes', 'PATCH', '/apis/net.example/v1/pools/a', 2],
])('of two who ask for %s', async (_, method, path, times) => {
  expect(await asked(path, method)).toBe(times);
});

test('which kinds there are is asked each time once a definition was written, for as long as it may take', async () => {
  expect(await asked('/apis/net.example/v1')).toBe(1);
  await asked('/apis/apiextensions.k8s.io/v1/customresourcedefinitions/pools.net.example', 'PATCH');
  expect(await asked('/apis/net.example/v1')).toBe(2);
  now += 10_000;
  expect(await asked('/apis/net.example/v1')).toBe(2);
  now += 1;
  expect(await asked('/apis/net.example/v1')).toBe(1);
});
