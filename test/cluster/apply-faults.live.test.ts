/** @jest-environment ./test/cluster/environment.js */
import { apply } from '../../lib/cluster/apply/apply';
import type { ApplyOptions, ApplyResult } from '../../lib/cluster/apply/types';
import type { Cluster } from '../../lib/cluster/client/cluster';
import { connect } from '../../lib/cluster/client/connect';
import { ManifestSet } from '../../lib/manifest/set';
import { canBeKilled, cluster as direct, testNamespace } from './cluster';
import { startFaultProxy } from './faults';

// However a run ends, the next one goes on: seeded runs through a server that answers badly, and is killed in between.
// SEAWORTHY_FAULT_RUNS=100 is the full proof.

const RUNS = Number(process.env['SEAWORTHY_FAULT_RUNS'] ?? 4);
const namespace = testNamespace('apply-faults');
const kubeconfig = process.env['SEAWORTHY_TEST_KUBECONFIG'] ?? '';
let cluster: Cluster;
beforeAll(async () => void (cluster = await connect({ kubeconfig })));
afterAll(() => cluster.close());

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

async function mapsNow(): Promise<Map<string, { data: object; version: string }>> {
  const { items } = await direct.core.listNamespacedConfigMap({ namespace });
  return new Map(
    items.map(({ metadata, data = {} }) => [
      metadata?.name ?? '',
      { data, version: metadata?.resourceVersion ?? '' },
    ]),
  );
}

test.each(Array.from({ length: RUNS }, (_, index) => index + 1))(
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
    const end = new AbortController();
    // In turn: faults alone, the user interrupts, the network is lost, the server is killed.
    const trouble = ['none', 'interrupt', 'disconnect', canBeKilled ? 'kill' : 'none'][seed % 4];
    const at = 3 + Math.floor(random() * 12);
    let writes = 0;
    let recovering: Promise<void> = Promise.resolve();
    const proxy = await startFaultProxy({
      seed,
      before: ({ method }) => {
        if (method === 'GET' || ++writes !== at) return;
        if (trouble === 'interrupt') end.abort('SIGINT');
        if (trouble === 'kill') recovering = direct.restartApiServer();
        if (trouble === 'disconnect') {
          proxy.disconnect();
          recovering = new Promise((next) => setTimeout(next, 2000)).then(proxy.reconnect);
        }
      },
    });
    let first: Awaited<ReturnType<typeof ran>>;
    try {
      const through = await connect({ kubeconfig: proxy.kubeconfig }).catch(() => undefined);
      first = through === undefined ? 'error' : await ran(through, after, { name, signal: end.signal });
      through?.close();
      await recovering;
    } finally {
      await proxy.stop();
    }
    const second = first === 'applied' ? first : await ran(cluster, after, { name });
    expect(second).toBe('applied');

    const now = await mapsNow();
    for (const other of foreign) expect(now.get(other)).toEqual(untouched.get(other));
    const own = [...now.keys()].filter((each) => each.startsWith(`s${seed}-`) && !foreign.includes(each));
    const wanted = after.filter((object) => 'data' in object);
    expect(own.sort()).toEqual(wanted.map(nameOf).sort());
    for (const object of wanted)
      expect(now.get(nameOf(object))?.data).toEqual((object as { data: object }).data);
    const last = await apply(ManifestSet.of(after), cluster, { name, namespace });
    expect(last).toMatchObject({ outcome: 'applied', written: [], pruned: [] });
    expect(await mapsNow()).toEqual(now);
  },
);
