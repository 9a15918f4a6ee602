import { randomBytes } from 'node:crypto';
import type { PlainRecord } from '../../manifest/data';
import type { KubeObject } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import type { Answer, Cluster } from '../client/cluster';
import type { Request } from '../client/connection';
import { appliedLast } from './applied';
import { pack, unpack } from './content';
import { history, previousRevision, readRevision, rollbackTarget } from './history';
import { unfinished } from '../owned/unfinished';
import { ownVersion } from './own-version';
import { prepareRevision, recordRevision, type OpenRevision } from './record';

const SECRETS = '/api/v1/namespaces/shop/secrets';
const APP = { name: 'shop', namespace: 'shop' };
const served = (body: unknown): Answer => ({ body, warnings: [] });
const refuse = (code: number, reason: string): Answer => ({
  refusal: { code, reason, message: reason, causes: [] },
});

/** A server with Secrets, whose lists hold no data if metadata are asked for. */
class Server {
  readonly secrets = new Map<string, KubeObject>();
  readonly writes: string[] = [];
  /** How often all Secrets were looked through. */
  lists = 0;
  now = '2026-01-02T03:04:05Z';
  readonly cluster = {
    request: (request: Request) => Promise.resolve(this.#answer(request)),
  } as unknown as Cluster;

  #answer({ method, path, accept, ...request }: Request): Answer {
    const body = request.body as PlainRecord;
    if (path.endsWith('/selfsubjectreviews')) return served({ status: { userInfo: { username: 'jane' } } });
    const name = path.slice(SECRETS.length + 1);
    const found = this.secrets.get(name);
    if (method === 'GET' && name === '') {
      this.lists++;
      const items = [...this.secrets.values()].map(({ metadata, ...rest }) =>
        accept?.includes('PartialObjectMetadataList') === true ? { metadata } : { metadata, ...rest },
      );
      return served({ metadata: {}, items });
    }
    if (method !== 'GET') this.writes.push(`${method} ${name}`);
    if (method === 'POST') {
      const object = body as unknown as KubeObject;
      const key = object.metadata.name ?? '';
      if (this.secrets.has(key)) return refuse(409, 'AlreadyExists');
      const metadata = { ...object.metadata, creationTimestamp: this.now, uid: key };
      this.secrets.set(key, { ...object, metadata });
      return served({ ...object, metadata });
    }
    if (found === undefined) return refuse(404, 'NotFound');
    if (method === 'DELETE') this.secrets.delete(name);
    if (method === 'PATCH') {
      const { annotations } = (body as unknown as KubeObject).metadata;
      const metadata = { ...found.metadata, annotations: { ...found.metadata.annotations, ...annotations } };
      this.secrets.set(name, { ...found, metadata });
    }
    return served(this.secrets.get(name) ?? { kind: 'Status' });
  }
}

const set = (...values: readonly string[]): ManifestSet =>
  ManifestSet.of(
    values.map((value, index) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `m${index}` },
      data: { value },
    })),
  );
const record = (server: Server, objects: ManifestSet, keep?: number): Promise<OpenRevision> =>
  recordRevision(server.cluster, APP, objects, {
    changes: { created: 1 },
    ...(keep !== undefined && { keep }),
  });

it('gives back the objects of a revision, and tells who applied it, when, and what changed', async () => {
  const server = new Server();
  const first = await record(server, set('a', 'b'));
  expect((await history(server.cluster, APP)).map(({ state }) => state)).toEqual(['pending']);
  await first.end('applied');
  await (await record(server, set('c'))).end('failed');
  expect(await history(server.cluster, APP)).toEqual([
    expect.objectContaining({ revision: 2, state: 'failed', objects: 1 }),
    {
      revision: 1,
      state: 'applied',
      at: '2026-01-02T03:04:05Z',
      by: 'jane',
      version: ownVersion(),
      objects: 2,
      changes: { created: 1 },
    },
  ]);
  expect((await readRevision(server.cluster, APP, 1)).toYaml()).toBe(set('a', 'b').toYaml());
  await expect(readRevision(server.cluster, APP, 7)).rejects.toMatchObject({
    code: 'NOT_FOUND',
    message: expect.stringContaining('no revision 7; kept are 2, 1') as string,
  });
});

it('writes nothing for objects that are the newest revision already', async () => {
  const server = new Server();
  await (await record(server, set('a'))).end('applied');
  const before = server.writes.length;
  const again = await record(server, set('a'));
  await again.end('applied');
  expect(again.revision).toBe(1);
  expect(server.writes).toHaveLength(before);
});

describe('the first revision of an application that is new', () => {
  const first = (server: Server, objects: ManifestSet): Promise<OpenRevision> =>
    recordRevision(server.cluster, APP, objects, {}, prepareRevision(server.cluster, APP, objects, {}, true));

  it('is written without a look at all Secrets of the namespace', async () => {
    const server = new Server();
    await (await first(server, set('a'))).end('applied');
    expect(server.lists).toBe(0);
    expect(await history(server.cluster, APP)).toMatchObject([{ revision: 1, state: 'applied' }]);
  });

  it('comes after those that were left of one of its name', async () => {
    const server = new Server();
    await (await record(server, set('old'))).end('applied');
    await (await record(server, set('older'))).end('applied');
    const begun = await first(server, set('a'));
    await begun.end('applied');
    expect(begun.revision).toBe(3);
    expect((await readRevision(server.cluster, APP, 1)).toYaml()).toBe(set('old').toYaml());
    expect(await appliedLast(server.cluster, APP)).toMatchObject({ size: 1 });
  });

  it('leaves open what was applied last where such a one has a higher number', async () => {
    const server = new Server();
    for (const value of ['a', 'b']) await (await record(server, set(value))).end('applied');
    server.secrets.delete('seaworthy.shop.v1');
    expect((await appliedLast(server.cluster, APP))?.size).toBe(1);
    server.now = '2026-02-01T00:00:00Z';
    expect((await first(server, set('c'))).revision).toBe(1);
    expect(await appliedLast(server.cluster, APP)).toBeUndefined();
    await (await record(server, set('d'))).end('applied');
    const last = [...((await appliedLast(server.cluster, APP)) ?? [])];
    expect(last.map(([, { data }]) => data)).toEqual([{ value: 'd' }]);
  });
});

it('says that what failed was rolled back, until it is applied once more', async () => {
  const server = new Server();
  const states = async (): Promise<string[]> =>
    (await history(server.cluster, APP)).map(({ state }) => state);
  await (await record(server, set('a'))).end('applied');
  const failing = await record(server, set('b'));
  await failing.end('failed');
  await failing.end('rolled-back');
  expect(await states()).toEqual(['rolled-back', 'applied']);
  const again = await record(server, set('b'));
  expect(await states()).toEqual(['pending', 'applied']);
  await again.end('failed');
  await again.end('rolled-back');
  expect(await states()).toEqual(['rolled-back', 'applied']);
});

it('goes back to the newest that was applied before, and has other objects than what runs', async () => {
  const server = new Server();
  const target = async (): Promise<number | undefined> =>
    (await rollbackTarget(server.cluster, APP)).target?.revision;
  await (await record(server, set('a'))).end('applied');
  expect(await target()).toBeUndefined();
  await (await record(server, set('b'))).end('applied');
  expect(await target()).toBe(1);
  await (await record(server, set('c'))).end('rolled-back');
  expect(await target()).toBe(2);
  await (await record(server, set('b'))).end('applied');
  expect(await target()).toBe(1);
  await record(server, set('a'));
  expect(await target()).toBe(4);
});

it('cuts what is larger than a Secret, and says if a part is not what was written', async () => {
  const big = set(...Array.from({ length: 3 }, () => randomBytes(700_000).toString('hex')));
  const server = new Server();
  await record(server, big);
  expect([...server.secrets.keys()]).toEqual([
    'seaworthy.shop.v1.2',
    'seaworthy.shop.v1.1',
    'seaworthy.shop.v1',
  ]);
  for (const { data } of server.secrets.values())
    expect(Buffer.from((data as { objects: string }).objects, 'base64').length).toBeLessThanOrEqual(
      1_000_000,
    );
  expect((await readRevision(server.cluster, APP, 1)).toYaml()).toBe(big.toYaml());
  server.secrets.delete('seaworthy.shop.v1.2');
  await expect(readRevision(server.cluster, APP, 1)).rejects.toThrow(/revision 1 is damaged/);
});

it('keeps the order of migrations, which no field says', async () => {
  const [first, second] = set('a', 'b').manifests;
  const after = first === undefined ? [] : [first.id];
  const ordered = ManifestSet.from([first, { ...second, after }] as never);
  const back = await unpack(await pack(ordered));
  expect(back?.manifests[1]?.after).toEqual(after);
});

it('takes the next number where somebody else is writing, and keeps so many', async () => {
  const server = new Server();
  await (await record(server, set('a'))).end('applied');
  // A run that was killed has left a part of the next revision.
  const [stale] = [...server.secrets.values()];
  const labels = { ...stale?.metadata.labels, 'seaworthy.dev/revision': '2', 'seaworthy.dev/part': '1' };
  server.secrets.set('seaworthy.shop.v2.1', {
    ...stale,
    metadata: { name: 'seaworthy.shop.v2.1', namespace: 'shop', labels },
  } as KubeObject);
  for (const value of ['b', 'c', 'd']) await (await record(server, set(value), 2)).end('failed');
  expect((await history(server.cluster, APP)).map(({ revision, state }) => [revision, state])).toEqual([
    [5, 'failed'],
    [4, 'failed'],
    [1, 'applied'],
  ]);
  expect(server.secrets.has('seaworthy.shop.v2.1')).toBe(false);
  expect(previousRevision(await history(server.cluster, APP))?.revision).toBe(1);
});

describe('what a run that did not end has left', () => {
  const BEFORE = { creationTimestamp: '2026-01-01T00:00:00Z' };
  const SINCE = { creationTimestamp: '2026-01-02T03:04:05Z' };
  const member = (name: string, more: object): KubeObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      managedFields: [
        {
          manager: 'seaworthy',
          operation: 'Apply',
          fieldsV1: { 'f:metadata': { 'f:labels': { 'f:applyset.kubernetes.io/part-of': {} } } },
        },
      ],
      ...more,
    },
  });
  const id = (name: string): object => ({ apiVersion: 'v1', kind: 'ConfigMap', name });
  const left = (server: Server, members: readonly KubeObject[]): ReturnType<typeof unfinished> =>
    unfinished(server.cluster, APP, { members, manager: 'seaworthy' });

  it('is what it created, what it did not come to delete, and what is being deleted', async () => {
    const server = new Server();
    await record(server, set('a', 'b'));
    const held = { deletionTimestamp: 'now', finalizers: ['acme.com/cleanup'] };
    const members = [
      member('m0', BEFORE),
      member('m1', SINCE),
      member('old', BEFORE),
      member('held', { ...BEFORE, ...held }),
      member('made-by-a-controller', { ...SINCE, managedFields: [] }),
    ];
    expect(await left(server, members)).toEqual({
      revision: 1,
      created: [id('m1')],
      undeleted: [id('old')],
      going: [{ id: id('held'), reason: expect.stringContaining('acme.com/cleanup') as string }],
    });
  });

  it('is nothing once the revision is applied, but for what is still being deleted', async () => {
    const server = new Server();
    await (await record(server, set('a'))).end('applied');
    expect(await left(server, [member('m0', SINCE)])).toBeUndefined();
    expect(await left(server, [member('m0', { ...SINCE, deletionTimestamp: 'now' })])).toMatchObject({
      created: [],
      going: [{ id: id('m0') }],
    });
  });
});
