/** @jest-environment ./test/cluster/environment.js */
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { join } from 'node:path';
import { apply } from '../../lib/cluster/apply/apply';
import type { ApplyResult } from '../../lib/cluster/apply/types';
import type { Cluster } from '../../lib/cluster/client/cluster';
import { connect } from '../../lib/cluster/client/connect';
import { deleteApplication, type DeleteResult } from '../../lib/cluster/owned/delete';
import { unfinished, unfinishedApps } from '../../lib/cluster/owned/unfinished';
import { history, readRevision } from '../../lib/cluster/revisions/history';
import { APPLYSET, applySetId } from '../../lib/kube/applyset';
import type { KubeObject, ObjectId } from '../../lib/manifest/manifest';
import { ManifestSet } from '../../lib/manifest/set';
import { packageFolder } from '../cli/support/package';
import { cluster as direct, hasControllers, testNamespace } from './cluster';

// What an application had and no longer has, and nothing else, is deleted.

const namespace = testNamespace('owned');
const elsewhere = testNamespace('owned-elsewhere');
const kubeconfig = process.env['SEAWORTHY_TEST_KUBECONFIG'] ?? '';
let cluster: Cluster;
beforeAll(async () => void (cluster = await connect({ kubeconfig })));
afterAll(() => cluster.close());

const map = (name: string, value = '1', inside = namespace): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: inside },
  data: { value },
});
const bring = (
  name: string,
  objects: readonly object[],
  options: Partial<Parameters<typeof apply>[2]> = {},
): Promise<ApplyResult> =>
  apply(ManifestSet.of(objects), cluster, { name, namespace, wait: false, ...options });
const remove = (
  name: string,
  options: Partial<Parameters<typeof deleteApplication>[1]> = {},
): Promise<DeleteResult> =>
  deleteApplication(cluster, { name, namespace, manager: 'seaworthy', mayLose: () => false, ...options });
const idOf = (name: string): string =>
  applySetId({ apiVersion: 'v1', kind: 'Secret', namespace, name: `seaworthy.${name}` });
const nameOf = ({ name }: ObjectId): string => name;

/** Objects of an application of kinds that the histories have, as `kind/namespace/name`. */
async function membersOf(name: string): Promise<string[]> {
  const found: string[] = [];
  for (const [apiVersion, kind] of KINDS)
    for (const inside of [namespace, elsewhere]) {
      const { items } = await direct.objects.list(
        apiVersion,
        kind,
        inside,
        undefined,
        undefined,
        undefined,
        undefined,
        `${APPLYSET.partOf}=${idOf(name)}`,
      );
      found.push(...items.map(({ metadata }) => `${kind}/${inside}/${metadata?.name ?? ''}`));
    }
  return found.sort();
}

const KINDS = [
  ['v1', 'ConfigMap'],
  ['v1', 'Secret'],
  ['v1', 'ServiceAccount'],
  ['v1', 'Service'],
  ['apps/v1', 'Deployment'],
] as const;

/** Numbers from 0 to below `below`, the same for a seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed * 2654435761 + 1;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) % below;
  };
}

function chosen(random: (below: number) => number, prefix: string): KubeObject[] {
  const spec = (kind: string, name: string): object => {
    const labels = { app: name };
    const containers = [{ name: 'main', image: 'example.com/test/web:1' }];
    const template = { metadata: { labels }, spec: { containers } };
    if (kind === 'Deployment') return { spec: { replicas: 0, selector: { matchLabels: labels }, template } };
    return kind === 'Service' ? { spec: { selector: labels, ports: [{ port: 80 }] } } : {};
  };
  const all = KINDS.flatMap(([apiVersion, kind]) =>
    [0, 1, 2].map((index) => {
      const name = `${prefix}-${index}`;
      const metadata = { name, namespace: index === 2 ? elsewhere : namespace };
      return { apiVersion, kind, metadata, ...spec(kind, name) };
    }),
  );
  // What is always there tells that it is the same application.
  return all.filter((_, index) => index === 0 || random(3) > 0);
}

const keyOf = ({ kind, metadata }: KubeObject): string => `${kind}/${metadata.namespace}/${metadata.name}`;

describe('histories', () => {
  const count = process.env['SEAWORTHY_LONG'] === undefined ? 5 : 50;
  const decoy = ['ConfigMap', 'Service'].map((kind) => `${kind}/${namespace}/decoy`);
  beforeAll(async () => {
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'decoy', namespace } };
    await bring('decoy', [map('decoy'), { ...service, spec: { ports: [{ port: 80 }] } }]);
  });

  test.each(Array.from({ length: count }, (_, index) => index + 1))(
    'history %i ends with the objects of the last set, whenever a run was ended in between',
    async (seed) => {
      const random = numbers(seed);
      const name = `history-${seed}`;
      for (let step = 0; step < 4; step++) {
        const objects = chosen(random, name);
        const end = new AbortController();
        let left = random(2) === 0 ? 1 + random(16) : Infinity;
        await bring(name, objects, {
          signal: end.signal,
          onEvent: () => void (--left === 0 && end.abort()),
        });
        const again = step === 3 || random(2) === 0;
        if (!again) continue;
        const result = await bring(name, objects);
        expect([result.outcome, result.failed]).toEqual(['applied', []]);
        expect(await membersOf(name)).toEqual(objects.map(keyOf).sort());
      }
      expect(await membersOf('decoy')).toEqual(decoy);
      expect((await remove(name)).outcome).toBe('deleted');
      expect(await membersOf(name)).toEqual([]);
      expect(await membersOf('decoy')).toEqual(decoy);
    },
  );
});

test('a second apply writes nothing, its record and revision included', async () => {
  const versions = async (): Promise<unknown[]> => {
    const { items } = await direct.core.listNamespacedSecret({ namespace });
    const own = items.filter(({ metadata }) => metadata?.name?.startsWith('seaworthy.twice'));
    return own.map(({ metadata }) => metadata?.resourceVersion);
  };
  const first = await bring('twice', [map('twice')]);
  expect(first.revision).toBe(1);
  const before = await versions();
  expect(before).toHaveLength(2);
  const second = await bring('twice', [map('twice')]);
  expect([second.written, second.unchanged.length, second.revision]).toEqual([[], 1, 1]);
  expect(await versions()).toEqual(before);
});

test('an application of the same name with other objects is refused before anything is written', async () => {
  await bring('same', [map('same-a')]);
  await expect(bring('same', [map('same-b')])).rejects.toMatchObject({ code: 'CLUSTER_OTHER_APP' });
  expect(await membersOf('same')).toEqual([`ConfigMap/${namespace}/same-a`]);
});

test('an object of another application is a conflict, until it is said to be taken', async () => {
  await bring('giver', [map('wanted'), map('giver')]);
  const refused = await bring('taker', [map('wanted')]);
  expect(refused.outcome).toBe('refused');
  expect(refused.plan.conflicts).toEqual([
    expect.objectContaining({
      path: `metadata.labels.${APPLYSET.partOf}`,
      manager: `application ${namespace}/giver`,
    }),
  ]);
  const path = `ConfigMap/wanted:metadata.labels.${APPLYSET.partOf}`;
  expect((await bring('taker', [map('wanted')], { takeOwnership: [path] })).outcome).toBe('applied');
  expect((await bring('giver', [map('giver')])).pruned).toEqual([]);
  expect(await membersOf('taker')).toEqual([`ConfigMap/${namespace}/wanted`]);
});

test('what is not pruned is not listed, and the record goes on covering it', async () => {
  await bring('unpruned', [map('unpruned-a'), map('unpruned-b')]);
  const less = await bring('unpruned', [map('unpruned-a', '2')], { prune: false });
  expect([less.outcome, less.pruned, less.plan.prune]).toEqual(['applied', [], []]);
  expect((await bring('unpruned', [map('unpruned-a', '2')])).pruned.map(nameOf)).toEqual(['unpruned-b']);
});

test('names of objects and fields that are not there are refused before anything is written', async () => {
  await bring('named', [map('named-a')]);
  const next = [map('named-a', '2')];
  await expect(bring('named', next, { allowDataLoss: ['ConfigMap/namde-a'] })).rejects.toMatchObject({
    code: 'USAGE',
    problems: [{ hint: 'Did you mean ConfigMap/named-a?' }],
  });
  await expect(bring('named', next, { takeOwnership: ['data.valu'] })).rejects.toMatchObject({
    code: 'USAGE',
    problems: [{ hint: 'Did you mean data.value?' }],
  });
  expect((await history(cluster, { name: 'named', namespace })).map(({ revision }) => revision)).toEqual([1]);
});

test('a claim stays until it is named, and what was made for it goes', async () => {
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data', namespace },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  };
  await bring('data', [map('data'), map('data-old'), claim]);
  const kept = await bring('data', [map('data')]);
  expect([kept.pruned.map(nameOf), kept.plan.guarded.map(({ id }) => nameOf(id))]).toEqual([
    ['data-old'],
    ['data'],
  ]);
  const named = await bring('data', [map('data')], { allowDataLoss: ['PersistentVolumeClaim/data'] });
  expect(named.pruned.map(nameOf)).toEqual(['data']);
  const again = await bring('data', [map('data')], { allowDataLoss: ['PersistentVolumeClaim/data'] });
  expect(again).toMatchObject({ outcome: 'applied', written: [], pruned: [] });
});

test('a namespace that comes with the objects can hold the record', async () => {
  const own = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'owned-new' } };
  const there = { namespace: 'owned-new' };
  const result = await bring('new', [own, map('a', '1', 'owned-new')], there);
  expect([result.outcome, result.revision]).toEqual(['applied', 1]);
  const kept = await remove('new', there);
  expect(kept.plan.guarded.map(({ id }) => id.name)).toEqual(['owned-new']);
  if (!hasControllers) return;
  const gone = await remove('new', { ...there, mayLose: ({ kind }) => kind === 'Namespace' });
  expect([gone.outcome, gone.gone.map(nameOf)]).toEqual(['deleted', ['owned-new']]);
});

test('of a run that is killed once the namespace of its record is there, nothing is left that is not recorded', async () => {
  const own = (name: string): object => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  const there = { namespace: 'owned-killed' };
  const end = new AbortController();
  const killed = await bring('killed', [own('owned-dropped'), own('owned-killed')], {
    ...there,
    signal: end.signal,
    onEvent: ({ type }) => void (type === 'written' && end.abort()),
  });
  expect([killed.outcome, killed.written.map(({ id }) => id.name)]).toEqual([
    'interrupted',
    ['owned-killed'],
  ]);
  const names = async (): Promise<unknown[]> =>
    (await direct.core.listNamespace()).items.map(({ metadata }) => metadata?.name);
  expect(await names()).not.toContain('owned-dropped');
  const again = await bring('killed', [own('owned-killed')], there);
  expect([again.outcome, again.revision]).toEqual(['applied', 1]);
  expect((await remove('killed', there)).plan.guarded.map(({ id }) => id.name)).toEqual(['owned-killed']);
  await direct.core.deleteNamespace({ name: 'owned-killed' });
});

test('what an interrupted run has left is told until a run comes to its end', async () => {
  const app = { name: 'left', namespace };
  await bring('left', [map('left-a'), map('left-old')]);
  const end = new AbortController();
  const killed = await bring('left', [map('left-a'), map('left-new')], {
    signal: end.signal,
    onEvent: ({ type }) => void (type === 'written' && end.abort()),
  });
  expect(killed.outcome).toBe('interrupted');
  const found = await unfinished(cluster, app, { manager: 'seaworthy' });
  expect(found).toMatchObject({ revision: 2, going: [] });
  expect([found?.created.map(nameOf), found?.undeleted.map(nameOf)]).toEqual([['left-new'], ['left-old']]);
  const inNamespaces = await unfinishedApps(cluster, [namespace], { manager: 'seaworthy' });
  expect(inNamespaces).toContainEqual({ application: app, ...found });
  const result = await bring('left', [map('left-a'), map('left-new')]);
  expect([result.outcome, result.plan.unfinished]).toEqual(['applied', found]);
  expect(await unfinished(cluster, app, { manager: 'seaworthy' })).toBeUndefined();
});

test('an object that is being deleted is waited for, and created again', async () => {
  await bring('going', [map('going-a'), map('going-b')]);
  const finalizers = (list: string[]): Promise<unknown> =>
    direct.objects.patch(
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'going-a', namespace, finalizers: list },
      } as never,
      undefined,
      undefined,
      'test',
      undefined,
      'application/merge-patch+json',
    );
  await finalizers(['acme.com/cleanup']);
  expect((await remove('going', { timeout: 500 })).outcome).toBe('failed');
  const told: string[] = [];
  const result = await bring('going', [map('going-a'), map('going-b')], {
    onEvent: (event) => {
      if (event.type !== 'held') return;
      told.push(...event.held.map(({ reason }) => reason));
      void finalizers([]);
    },
  });
  expect(told[0]).toContain('acme.com/cleanup');
  expect(result.outcome).toBe('applied');
  expect(result.written.map(({ id, how }) => `${id.name} ${how}`).sort()).toEqual([
    'going-a created',
    'going-b created',
  ]);
});

test('deleting tells what holds an object, and goes on when it is let go', async () => {
  await bring('held', [map('held')]);
  const finalizers = (list: string[]): Promise<unknown> =>
    direct.objects.patch(
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'held', namespace, finalizers: list },
      } as never,
      undefined,
      undefined,
      'test',
      undefined,
      'application/merge-patch+json',
    );
  await finalizers(['acme.com/cleanup']);
  const { outcome, failed } = await remove('held', { timeout: 500 });
  expect([outcome, failed[0]?.reason]).toEqual([
    'failed',
    expect.stringContaining('finalizer acme.com/cleanup'),
  ]);
  expect(await history(cluster, { name: 'held', namespace })).toHaveLength(1);
  const told: string[] = [];
  const waited = await remove('held', {
    onHeld: (held) => {
      told.push(...held.map(({ reason }) => reason));
      void finalizers([]);
    },
  });
  expect([waited.outcome, waited.gone.map(nameOf)]).toEqual(['deleted', ['held']]);
  expect(told[0]).toContain('acme.com/cleanup');
  expect(await history(cluster, { name: 'held', namespace })).toEqual([]);
});

test('a rollback gives back the earlier objects exactly', async () => {
  const app = { name: 'back', namespace };
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'back', namespace },
    stringData: { a: 'b' },
  };
  await bring('back', [map('back'), map('back-old'), secret]);
  const data = async (): Promise<unknown> => {
    const { items } = await direct.core.listNamespacedConfigMap({ namespace });
    const own = items.filter(({ metadata }) => metadata?.name?.startsWith('back'));
    return own.map(({ metadata, data: values }) => [metadata?.name, metadata?.labels, values]);
  };
  const before = await data();
  await bring('back', [map('back', '2'), map('back-new'), secret]);
  const result = await apply(await readRevision(cluster, app, 1), cluster, { ...app, wait: false });
  expect([result.outcome, result.pruned.map(nameOf), result.revision]).toEqual(['applied', ['back-new'], 3]);
  expect(await data()).toEqual(before);
  const [newest] = await history(cluster, app);
  expect(newest).toMatchObject({
    state: 'applied',
    objects: 3,
    changes: { created: 1, updated: 1, deleted: 1 },
  });
  expect(newest?.by).toMatch(/./);
});

type Ended = SpawnSyncReturns<string>;

/** Runs the command line for an application of the namespace. */
function commandLine(name: string, args: readonly string[]): Ended {
  const bin = join(packageFolder(), 'bin/seaworthy.js');
  const here = ['--kubeconfig', kubeconfig, '-n', namespace, '--name', name];
  return spawnSync(process.execPath, [bin, ...args, ...here], { encoding: 'utf8' });
}

test('the command line shows the history, rolls back and deletes', async () => {
  const run = (...args: readonly string[]): Ended => commandLine('line', args);
  await bring('line', [map('line'), map('line-old')]);
  await bring('line', [map('line', '2')]);
  const told = JSON.parse(run('history', '--output', 'json').stdout) as { readonly revisions: object[] };
  expect(told.revisions).toMatchObject([
    { revision: 2, state: 'applied', objects: 1 },
    { revision: 1, state: 'applied', objects: 2 },
  ]);
  const rolled = run('rollback', '--yes', '--output', 'json');
  expect([rolled.status, JSON.parse(rolled.stdout)]).toEqual([
    0,
    expect.objectContaining({ outcome: 'applied', revision: 3 }),
  ]);
  expect(await membersOf('line')).toHaveLength(2);
  expect(run('rollback', '7', '--yes').status).toBe(2);
  expect(run('delete').status).toBe(2);
  const deleted = run('delete', '--yes');
  expect([deleted.status, deleted.stdout]).toEqual([0, expect.stringContaining('2 objects gone')]);
  expect(await membersOf('line')).toEqual([]);
  expect(run('history').status).toBe(2);
});

test('a rollback after one that came by itself says that nothing is left to roll back, and keeps no revision', async () => {
  const app = { name: 'twice', namespace };
  const run = (...args: readonly string[]): Ended => commandLine('twice', args);
  const unschedulable = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'twice', namespace },
    spec: {
      nodeSelector: { nobody: 'has' },
      containers: [{ name: 'main', image: 'example.com/test/web:1' }],
    },
  };
  await bring('twice', [map('twice', '1')]);
  await bring('twice', [map('twice', '2')]);
  const failing = ManifestSet.of([map('twice', '3'), unschedulable]);
  const failed = await apply(failing, cluster, { ...app, wait: { timeout: 1500 }, rollbackOnFailure: true });
  expect(failed).toMatchObject({ outcome: 'failed', rolledBack: true, revision: 3 });
  const again = run('rollback', '--yes', '--output', 'json');
  expect([again.status, again.stderr]).toEqual([
    0,
    expect.stringContaining(
      'has revision 2 already, since revision 3 failed and was rolled back: nothing to roll back',
    ),
  ]);
  expect(again.stderr).toContain('seaworthy rollback 1');
  expect(JSON.parse(String(again.stdout))).toMatchObject({ outcome: 'applied', written: [], pruned: [] });
  const states = async (): Promise<unknown[]> =>
    (await history(cluster, app)).map(({ revision, state }) => `${revision} ${state}`);
  expect(await states()).toEqual(['3 rolled-back', '2 applied', '1 applied']);
  // The commit before is applied once more: what runs then is no revision to go back to.
  await bring('twice', [map('twice', '2')]);
  expect((await states())[0]).toBe('4 applied');
  const back = run('rollback', '--yes');
  expect([back.status, back.stdout]).toEqual([0, expect.stringContaining('revision 1')]);
  expect((await history(cluster, app)).map(({ revision, state }) => [revision, state])[0]).toEqual([
    5,
    'applied',
  ]);
  const { data } = await direct.core.readNamespacedConfigMap({ namespace, name: 'twice' });
  expect(data).toEqual({ value: '1' });
});
