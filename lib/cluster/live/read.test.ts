import { identityKey, type ObjectId } from '../../manifest/manifest';
import type { Answer, Cluster } from '../client/cluster';
import type { Request } from '../client/connection';
import { readLive } from './read';

const map = (name: string, namespace = 'shop'): ObjectId => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  namespace,
  name,
});
const many = Array.from({ length: 20 }, (_, index) => map(`m${index}`));
const forbidden = { code: 403, reason: 'Forbidden', message: 'no', causes: [] };
const missing = { code: 404, reason: 'NotFound', message: 'no', causes: [] };

/** A server that answers each path by `answers`, and 404 for all others; it keeps the paths that it was asked for. */
function serving(answers: Readonly<Record<string, unknown>>): { cluster: Cluster; paths: string[] } {
  const paths: string[] = [];
  const request = ({ path, query }: Request): Promise<Answer> => {
    const asked = query?.['continue'] ? `${path}?${String(query['continue'])}` : path;
    paths.push(asked);
    const body = answers[asked];
    if (body === 403) return Promise.resolve({ refusal: forbidden });
    return Promise.resolve(body === undefined ? { refusal: missing } : { body, warnings: [] });
  };
  return { cluster: { request, namespace: 'default' } as unknown as Cluster, paths };
}
const named = (name: string) => ({ metadata: { name, managedFields: [] } });
const MAPS = '/api/v1/namespaces/shop/configmaps';

it('asks for few objects one by one, and lists a kind of which many are asked for', async () => {
  const items = many.slice(0, 19).map(({ name }) => named(name));
  const { cluster, paths } = serving({
    [MAPS]: { metadata: { continue: 'next' }, items: items.slice(0, 10) },
    [`${MAPS}?next`]: { metadata: {}, items: [...items.slice(10), named('foreign')] },
    '/api/v1/namespaces/default/configmaps/one': named('one'),
  });
  const one: ObjectId = { apiVersion: 'v1', kind: 'ConfigMap', name: 'one' };
  const { objects, unread } = await readLive(cluster, [...many, one]);
  expect(paths.sort()).toEqual([MAPS, `${MAPS}?next`, '/api/v1/namespaces/default/configmaps/one'].sort());
  expect([...objects.keys()].sort()).toEqual([...many.slice(0, 19), one].map(identityKey).sort());
  expect(objects.get(identityKey(map('m3')))).toEqual({
    ...named('m3'),
    apiVersion: 'v1',
    kind: 'ConfigMap',
  });
  expect(unread).toEqual([]);
});

it('ends a list once all are found', async () => {
  const items = many.map(({ name }) => named(name));
  const { cluster, paths } = serving({ [MAPS]: { metadata: { continue: 'next' }, items } });
  expect((await readLive(cluster, many)).objects.size).toBe(20);
  expect(paths).toEqual([MAPS]);
});

it('tells what may not be read by kind, and reads single objects where lists are forbidden', async () => {
  const { cluster } = serving({
    [MAPS]: 403,
    ...Object.fromEntries(many.map(({ name }) => [`${MAPS}/${name}`, named(name)])),
    '/api/v1/namespaces/shop/secrets/login': 403,
  });
  const secret = { apiVersion: 'v1', kind: 'Secret', namespace: 'shop', name: 'login' };
  const { objects, unread } = await readLive(cluster, [...many, secret]);
  expect(objects.size).toBe(20);
  expect(unread).toEqual([
    { apiVersion: 'v1', kind: 'Secret', plural: 'secrets', namespace: 'shop', ids: [secret] },
  ]);
});

it('finds nothing of a kind that the server does not serve, and reads in the version of the manifest', async () => {
  const old = { apiVersion: 'autoscaling/v1', kind: 'HorizontalPodAutoscaler', namespace: 'shop', name: 'a' };
  const custom = { apiVersion: 'acme.com/v1', kind: 'Widget', namespace: 'shop', name: 'a' };
  const path = '/apis/autoscaling/v1/namespaces/shop/horizontalpodautoscalers/a';
  const { cluster } = serving({ [path]: named('a') });
  const { objects } = await readLive(cluster, [old, custom]);
  expect([...objects.keys()]).toEqual([identityKey(old)]);
});
