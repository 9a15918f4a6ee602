/** @jest-environment ./test/cluster/environment.js */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { apply } from '../../lib/cluster/apply/apply';
import type { ApplyOptions, ApplyResult } from '../../lib/cluster/apply/types';
import type { Cluster } from '../../lib/cluster/client/cluster';
import { connect } from '../../lib/cluster/client/connect';
import { openApplySet } from '../../lib/cluster/owned/apply-set';
import { ManifestSet } from '../../lib/manifest/set';
import { packageFolder } from '../cli/support/package';
import { canBeKilled, cluster as direct, testNamespace, until } from './cluster';
import { startFaultProxy } from './faults';

// However a run ends, the next one goes on: seeded runs through a server that answers badly, and in which the client, the
// server or the network is killed. SEAWORTHY_FAULT_RUNS=100 is the full proof; SEAWORTHY_FAULT_FIRST=41 begins at that seed.

const FIRST = Number(process.env['SEAWORTHY_FAULT_FIRST'] ?? 1);
const RUNS = Number(process.env['SEAWORTHY_FAULT_RUNS'] ?? 6);
const namespace = testNamespace('apply-faults');
const kubeconfig = process.env['SEAWORTHY_TEST_KUBECONFIG'] ?? '';
let cluster: Cluster;
beforeAll(async () => void (cluster = await connect({ kubeconfig })));
afterAll(() => cluster.close());
const folder = mkdtempSync(join(tmpdir(), 'seaworthy-apply-faults-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What goes wrong beside the faults of the proxy, by seed in turn. */
const TROUBLES = ['none', 'interrupt', 'disconnect', 'kill-api-server', 'kill-client', 'kill-all'] as const;
type Trouble = (typeof TROUBLES)[number];

function troubleOf(seed: number): Trouble {
  const trouble = TROUBLES[seed % TROUBLES.length] ?? 'none';
  return canBeKilled || !['kill-api-server', 'kill-all'].includes(trouble) ? trouble : 'none';
}

/** Numbers from 0 to 1, the same for a seed. */
function randomOf(seed: number): () => number {
  let state = seed * 2654435761 + 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 3266489917) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];

const configMap = (name: string, data: object) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
  data,
});
const deployment = (name: string, version: number) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace },
  spec: {
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'main', image: `example.com/test/web:${version}` }] },
    },
  },
});

/** Some objects of an application, with values of a version. */
function objectsOf(seed: number, version: number, random: () => number): object[] {
  const chosen = NAMES.filter(() => random() < 0.7).map((name) => `s${seed}-${name}`);
  const maps = chosen.map((name) => configMap(name, { version: String(version), [`only-${version}`]: 'x' }));
  const pods = chosen.slice(0, 2).map((name) => deployment(name, version));
  return [...maps, ...pods, configMap(`s${seed}-always`, {})];
}

const nameOf = (object: object): string => (object as { metadata: { name: string } }).metadata.name;

/** What applying comes to; an error before anything is written is an end like any other. */
async function ran(
  target: Cluster,
  objects: readonly object[],
  options: ApplyOptions,
): Promise<ApplyResult['outcome'] | 'error'> {
  try {
    return (
      await apply(ManifestSet.of(objects), target, { namespace, wait: { timeout: 60_000 }, ...options })
    ).outcome;
  } catch {
    return 'error';
  }
}

/** Commands that run. */
const running = new Set<ChildProcess>();

// A test that takes too long ends before its command does.
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** The same by the command in a process of its own, which can be killed as nothing else can. */
async function ranAsCommand(
  proxied: string,
  objects: readonly object[],
  name: string,
  started: (kill: () => void) => void,
): Promise<ApplyResult['outcome'] | 'error'> {
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, ManifestSet.of(objects).toYaml());
  const flags = ['--name', name, '--namespace', namespace, '--timeout', '60s', '--yes'];
  const child = spawn(
    process.execPath,
    [join(packageFolder(), 'bin', 'seaworthy.js'), 'apply', file, '--kubeconfig', proxied, ...flags],
    {
      stdio: 'ignore',
    },
  );
  running.add(child);
  const ended = new Promise<number | null>((end) => child.once('exit', end));
  started(() => child.kill('SIGKILL'));
  const code = await ended;
  running.delete(child);
  return code === 0 ? 'applied' : 'error';
}

async function mapsNow(): Promise<Map<string, { data: object; version: string }>> {
  const { items } = await direct.core.listNamespacedConfigMap({ namespace });
  return new Map(
    items.map(({ metadata, data = {} }) => [
      metadata?.name ?? '',
      { data, version: metadata?.resourceVersion ?? '' },
    ]),
  );
}

/** The names of what the record of an application leads to: all that it has, if it has lost nothing. */
async function recorded(name: string): Promise<string[]> {
  const members = await (await openApplySet(cluster, { name, namespace })).members();
  return members.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort();
}

/** The names of objects that the application has put its label on. */
async function labelled(name: string): Promise<string[]> {
  const { id } = await openApplySet(cluster, { name, namespace });
  const labelSelector = `applyset.kubernetes.io/part-of=${id}`;
  const maps = await direct.core.listNamespacedConfigMap({ namespace, labelSelector });
  const deployments = await direct.apps.listNamespacedDeployment({ namespace, labelSelector });
  const names = (kind: string, { items }: { items: readonly { metadata?: { name?: string } }[] }): string[] =>
    items.map(({ metadata }) => `${kind} ${metadata?.name}`);
  return [...names('ConfigMap', maps), ...names('Deployment', deployments)].sort();
}

/** Applies through a proxy that answers badly, with some trouble when the `at`th write comes. */
async function runInTrouble(
  seed: number,
  trouble: Trouble,
  at: number,
  objects: readonly object[],
  name: string,
): Promise<ApplyResult['outcome'] | 'error'> {
  const end = new AbortController();
  let writes = 0;
  let killClient = (): void => undefined;
  let recovering: Promise<void> = Promise.resolve();
  const proxy = await startFaultProxy({
    seed,
    before: ({ method }) => {
      if (method === 'GET' || ++writes !== at) return;
      if (trouble === 'interrupt') end.abort('SIGINT');
      if (trouble === 'kill-client') killClient();
      if (trouble === 'kill-api-server') recovering = direct.restartApiServer();
      if (trouble === 'kill-all') recovering = direct.kill().then(direct.restart);
      if (trouble !== 'disconnect') return;
      proxy.disconnect();
      recovering = new Promise((next) => setTimeout(next, 2000)).then(proxy.reconnect);
    },
  });
  try {
    if (trouble === 'kill-client')
      return await ranAsCommand(proxy.kubeconfig, objects, name, (kill) => (killClient = kill));
    const through = await connect({ kubeconfig: proxy.kubeconfig }).catch(() => undefined);
    const outcome =
      through === undefined ? 'error' : await ran(through, objects, { name, signal: end.signal });
    through?.close();
    return outcome;
  } finally {
    await recovering;
    await proxy.stop();
  }
}

test.each(Array.from({ length: RUNS }, (_, index) => FIRST + index))(
  'run %i converges after at most one more, and touches nothing foreign',
  async (seed) => {
    const random = randomOf(seed);
    const name = `app-${seed}`;
    const before = objectsOf(seed, 1, random);
    expect(await ran(cluster, before, { name })).toBe('applied');
    const theirs = [configMap(`s${seed}-theirs`, { a: '1' })];
    expect(await ran(cluster, theirs, { name: `other-${seed}` })).toBe('applied');
    await direct.core.createNamespacedConfigMap({
      namespace,
      body: { metadata: { name: `s${seed}-nobodys` }, data: { a: '1' } },
    });
    const foreign = [`s${seed}-theirs`, `s${seed}-nobodys`];
    const untouched = await mapsNow();

    const after = objectsOf(seed, 2, random);
    // Some come among the dry runs, some in the midst of what is written, some when that is deleted which went.
    const at = 3 + Math.floor(random() * 22);
    const first = await runInTrouble(seed, troubleOf(seed), at, after, name);
    expect(await recorded(name)).toEqual(await labelled(name));
    const second = first === 'applied' ? first : await ran(cluster, after, { name });
    expect(second).toBe('applied');

    const now = await mapsNow();
    for (const other of foreign) expect(now.get(other)).toEqual(untouched.get(other));
    const own = [...now.keys()].filter((each) => each.startsWith(`s${seed}-`) && !foreign.includes(each));
    const wanted = after.filter((object) => 'data' in object);
    expect(own.sort()).toEqual(wanted.map(nameOf).sort());
    for (const object of wanted)
      expect(now.get(nameOf(object))?.data).toEqual((object as { data: object }).data);
    expect(await recorded(name)).toEqual(
      after.map((object) => `${(object as { kind: string }).kind} ${nameOf(object)}`).sort(),
    );
    const last = await apply(ManifestSet.of(after), cluster, { name, namespace });
    expect(last).toMatchObject({ outcome: 'applied', written: [], pruned: [] });
    expect(await mapsNow()).toEqual(now);
  },
);

// Of objects that are alike one is tried, and the others are written untried: as many as that takes.
const ALIKE = 120;

test.each(Array.from({ length: Math.ceil(RUNS / 5) }, (_, index) => FIRST + index))(
  'first run %i of many objects that are alike converges after at most one more, and loses none',
  async (seed) => {
    const random = randomOf(-seed);
    const name = `many-${seed}`;
    const objects = Array.from({ length: ALIKE }, (_, index) =>
      configMap(`m${seed}-${index}`, { value: String(index) }),
    );
    const at = 1 + Math.floor(random() * ALIKE);
    const first = await runInTrouble(seed, troubleOf(seed), at, objects, name);
    // What was under way when the client went, may come between two looks.
    await until(async () => isDeepStrictEqual(await recorded(name), await labelled(name)));
    const second = first === 'applied' ? first : await ran(cluster, objects, { name });
    expect(second).toBe('applied');
    const now = await mapsNow();
    expect(objects.map((object) => now.get(nameOf(object))?.data)).toEqual(objects.map(({ data }) => data));
    expect(await recorded(name)).toHaveLength(ALIKE);
    expect(await ran(cluster, [configMap(`m${seed}-0`, { value: '0' })], { name })).toBe('applied');
    expect(await recorded(name)).toEqual([`ConfigMap m${seed}-0`]);
  },
  300_000,
);
