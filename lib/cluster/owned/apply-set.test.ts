import { APPLYSET, applySetId } from '../../kube/applyset';
import type { KubeObject, ObjectId } from '../../manifest/manifest';
import type { PlainRecord } from '../../manifest/data';
import type { Answer, Cluster } from '../client/cluster';
import type { Request } from '../client/connection';
import { Resources } from '../client/resources';
import { openApplySet, type ApplySet } from './apply-set';
import { heldBy } from './held';
import { removeObjects } from './remove';

const refuse = (code: number, reason: string): Answer => ({
  refusal: { code, reason, message: reason, causes: [] },
});
const served = (body: unknown): Answer => ({ body, warnings: [] });
const SHOP = '/api/v1/namespaces/shop';
const RECORD = `${SHOP}/secrets/seaworthy.shop`;

/** A server with objects by path; `between` runs before each request that writes. */
class Server {
  readonly objects = new Map<string, KubeObject>();
  readonly writes: string[] = [];
  between: (request: Request) => void = () => undefined;
  #version = 0;

  readonly cluster = {
    request: (request: Request) => Promise.resolve(this.#answer(request)),
  } as unknown as Cluster;

  put(path: string, object: object): KubeObject {
    const { metadata, ...rest } = object as { readonly metadata?: object };
    const resourceVersion = String(++this.#version);
    const stored = {
      ...rest,
      metadata: { uid: path, ...metadata, resourceVersion },
    } as unknown as KubeObject;
    this.objects.set(path, stored);
    return stored;
  }

  #answer(request: Request): Answer {
    const { method, path } = request;
    const body = request.body as PlainRecord | undefined;
    if (method === 'GET') return this.#read(request);
    this.between(request);
    this.writes.push(`${method} ${path}`);
    if (method === 'POST') {
      if (!path.startsWith(SHOP)) return refuse(404, 'namespace not found');
      const { name = '' } = (body as unknown as KubeObject).metadata;
      const key = `${path}/${name}`;
      return this.objects.has(key) ? refuse(409, 'AlreadyExists') : served(this.put(key, body ?? {}));
    }
    const now = this.objects.get(path);
    if (now === undefined) return refuse(404, 'NotFound');
    const precondition = (method === 'PATCH' ? body?.['metadata'] : body?.['preconditions']) as
      PlainRecord | undefined;
    const isOther = ['uid', 'resourceVersion'].some(
      (name) => precondition?.[name] !== undefined && precondition[name] !== now.metadata[name],
    );
    if (isOther) return refuse(409, 'Conflict');
    if (method === 'DELETE') {
      if (now.metadata['finalizers'] === undefined) {
        this.objects.delete(path);
        return served({ kind: 'Status' });
      }
      return served(this.put(path, { ...now, metadata: { ...now.metadata, deletionTimestamp: 'now' } }));
    }
    return served(
      this.put(path, { ...now, metadata: { ...now.metadata, ...(body?.['metadata'] as object) } }),
    );
  }

  #read({ path, query }: Request): Answer {
    if (path === '/apis/apps') return served({ preferredVersion: { groupVersion: 'apps/v1' }, versions: [] });
    if (path === '/apis/apps/v1')
      return served({ resources: [{ name: 'deployments', kind: 'Deployment', namespaced: true }] });
    if (path === '/api/v1')
      return served({ resources: [{ name: 'configmaps', kind: 'ConfigMap', namespaced: true }] });
    const found = this.objects.get(path);
    if (found !== undefined) return served(found);
    if (!/s$/.test(path)) return refuse(404, 'NotFound');
    const items = [...this.objects].filter(([each, { metadata }]) => {
      const label = `${APPLYSET.partOf}=${metadata.labels?.[APPLYSET.partOf]}`;
      return each.startsWith(`${path}/`) && label === query?.['labelSelector'];
    });
    return served({ metadata: {}, items: items.map(([, object]) => object) });
  }
}

const id = (apiVersion: string, kind: string, name: string, namespace = 'shop'): ObjectId => ({
  apiVersion,
  kind,
  name,
  namespace,
});
const map = (name: string, namespace?: string): ObjectId => id('v1', 'ConfigMap', name, namespace);
const open = (server: Server, namespace = 'shop'): Promise<ApplySet> =>
  openApplySet(server.cluster, { name: 'shop', namespace });
const marks = (server: Server): unknown => server.objects.get(RECORD)?.metadata.annotations;

it('widens its record before anything is written, narrows it in the end, and writes nothing that is so already', async () => {
  const server = new Server();
  const first = await open(server);
  expect(first.exists).toBe(false);
  expect(await first.begin([map('a'), id('apps/v1', 'Deployment', 'web', 'jobs')])).toBe(true);
  expect(server.objects.get(RECORD)).toMatchObject({
    type: 'seaworthy.dev/application',
    metadata: { labels: { [APPLYSET.id]: applySetId(first.record) } },
  });
  expect(marks(server)).toEqual({
    [APPLYSET.groupKinds]: 'ConfigMap,Deployment.apps',
    [APPLYSET.namespaces]: 'jobs',
    [APPLYSET.tooling]: 'seaworthy/v1',
  });
  const second = await open(server);
  await second.begin([map('a')]);
  expect(server.writes).toHaveLength(1);
  await second.end([map('a')]);
  expect(marks(server)).toMatchObject({ [APPLYSET.groupKinds]: 'ConfigMap', [APPLYSET.namespaces]: '' });
});

it('keeps what another run adds to the record between reading and writing', async () => {
  const server = new Server();
  const web = id('apps/v1', 'Deployment', 'web');
  const [one, two] = [await open(server), await open(server)];
  await one.begin([map('a')]);
  await two.begin([web]);
  expect(marks(server)).toMatchObject({ [APPLYSET.groupKinds]: 'ConfigMap,Deployment.apps' });
  const three = await open(server);
  await three.begin([web]);
  await two.end([map('a')]);
  expect(marks(server)).toMatchObject({ [APPLYSET.groupKinds]: 'ConfigMap' });
  await three.end([web]);
  expect(marks(server)).toMatchObject({ [APPLYSET.groupKinds]: 'ConfigMap,Deployment.apps' });
});

it('finds its members by label, kind and namespace', async () => {
  const server = new Server();
  const set = await open(server);
  await set.begin([map('a'), map('b', 'jobs'), id('acme.com/v1', 'Widget', 'w')]);
  const metadata = (name: string): KubeObject['metadata'] =>
    set.label({ ...map(name), metadata: { name } }).metadata;
  server.put(`${SHOP}/configmaps/a`, { metadata: metadata('a') });
  server.put(`${SHOP}/configmaps/foreign`, { metadata: { name: 'foreign' } });
  server.put('/api/v1/namespaces/jobs/configmaps/b', { metadata: metadata('b') });
  expect((await set.members()).map(({ kind, metadata: { name } }) => `${kind} ${name}`).sort()).toEqual([
    'ConfigMap a',
    'ConfigMap b',
  ]);
});

it('says that the namespace of the record is not there yet', async () => {
  const server = new Server();
  const set = await open(server, 'new');
  expect(await set.begin([map('a', 'new')])).toBe(false);
});

it.each([
  [{}, /is not the record of an application/],
  [{ [APPLYSET.tooling]: 'kubectl/v1.36' }, /the parent of an ApplySet that kubectl manages/],
  [{ [APPLYSET.tooling]: 'seaworthy/v1' }, /was copied from another place/],
])('leaves a Secret of its name alone that is something else: %j', async (annotations, message) => {
  const server = new Server();
  server.put(RECORD, { metadata: { name: 'seaworthy.shop', namespace: 'shop', annotations } });
  await expect(open(server)).rejects.toMatchObject({
    code: 'CLUSTER_NOT_OURS',
    message: expect.stringMatching(message) as string,
  });
});

it('refuses another environment, and names that no Secret can have', async () => {
  const server = new Server();
  const at = (environment: string): Promise<ApplySet> =>
    openApplySet(server.cluster, { name: 'shop', namespace: 'shop', environment });
  await (await at('staging')).begin([map('a')]);
  await expect(at('production')).rejects.toMatchObject({ code: 'CLUSTER_OTHER_APP' });
  await expect(at('staging')).resolves.toMatchObject({ exists: true });
  const named = openApplySet(server.cluster, { name: 'shop.v1', namespace: 'shop' });
  await expect(named).rejects.toMatchObject({ code: 'INVALID_NAME' });
});

describe('deleting', () => {
  const remove = (
    server: Server,
    names: readonly string[],
    timeout = 1000,
  ): ReturnType<typeof removeObjects> =>
    removeObjects(
      server.cluster,
      new Resources(server.cluster),
      names.map((name) => ({
        id: map(name),
        object: server.objects.get(`${SHOP}/configmaps/${name}`) as KubeObject,
      })),
      { timeout, stillGoes: ({ metadata }) => metadata.annotations?.['stay'] === undefined },
    );
  const put = (server: Server, name: string, metadata: object = {}): void =>
    void server.put(`${SHOP}/configmaps/${name}`, {
      ...map(name),
      metadata: { name, namespace: 'shop', ...metadata },
    });
  const once = (run: () => void): (() => void) => {
    let isDone = false;
    return () => {
      if (!isDone) run();
      isDone = true;
    };
  };

  it('deletes what has changed since it was read only if it still may go, and not one that took its name', async () => {
    const server = new Server();
    for (const name of ['a', 'b', 'c', 'd']) put(server, name);
    server.between = once(() => {
      put(server, 'a', { labels: { changed: 'yes' } });
      put(server, 'b', { annotations: { stay: 'yes' } });
      put(server, 'c', { uid: 'another' });
      server.objects.delete(`${SHOP}/configmaps/d`);
    });
    const { gone, spared, failed } = await remove(server, ['a', 'b', 'c', 'd']);
    expect(gone.map(({ name }) => name).sort()).toEqual(['a', 'd']);
    expect(spared.map(({ name }) => name).sort()).toEqual(['b', 'c']);
    expect(failed).toEqual([]);
    expect([...server.objects.keys()].sort()).toEqual([`${SHOP}/configmaps/b`, `${SHOP}/configmaps/c`]);
  });

  it('tells what holds an object that is not gone in time, and does not go on to what it may need', async () => {
    const server = new Server();
    put(server, 'held', { finalizers: ['acme.com/cleanup'] });
    const { failed } = await remove(server, ['held'], 100);
    expect(failed).toEqual([
      {
        id: map('held'),
        reason: expect.stringMatching(/not gone after 0.1 s: finalizer acme.com\/cleanup/) as string,
      },
    ]);
  });

  it('says what holds a namespace and a claim', () => {
    const condition = {
      type: 'NamespaceFinalizersRemaining',
      status: 'True',
      message: 'Some content has finalizers',
    };
    const metadata = { finalizers: ['kubernetes.io/pvc-protection'] };
    expect(
      heldBy({ apiVersion: 'v1', kind: 'Namespace', metadata: {}, status: { conditions: [condition] } }),
    ).toBe('Some content has finalizers');
    expect(heldBy({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata })).toMatch(/^a pod uses it/);
  });
});
