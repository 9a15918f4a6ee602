/** @jest-environment ./test/cluster/environment.js */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { apply } from '../../lib/cluster/apply/apply';
import { connect } from '../../lib/cluster/client/connect';
import { applyObject } from '../../lib/cluster/client/objects';
import { Resources } from '../../lib/cluster/client/resources';
import { openApplySet } from '../../lib/cluster/owned/apply-set';
import { identify } from '../../lib/manifest/manifest';
import { ManifestSet } from '../../lib/manifest/set';
import { packageFolder } from '../cli/support/package';
import { cluster as direct, hasControllers, until } from './cluster';

// What `plan --live` and `diff --live` tell of the shop, however it was applied.

const kubeconfig = process.env['SEAWORTHY_TEST_KUBECONFIG'] ?? '';
const folder = mkdtempSync(join(tmpdir(), 'seaworthy-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;

/** The shop in a namespace of its own, without kinds that the cluster does not have. */
function shopIn(namespace: string, change = (text: string) => text): string {
  const path = join(folder, `${namespace}-${++files}.yaml`);
  const texts = ['foundation', 'shop'].map((name) => readFileSync(`dist/shop/staging/${name}.yaml`, 'utf8'));
  const documents = texts
    .join('---\n')
    .split(/^---$/m)
    .filter((text) => !text.includes('external-secrets.io'));
  const moved = documents
    .join('---\n')
    .replace(/^( *)namespace: shop$/gm, `$1namespace: ${namespace}`)
    .replace(/(kind: Namespace\nmetadata:\n(?: {2}.*\n)*? {2}name: )shop$/m, `$1${namespace}`);
  writeFileSync(path, change(moved));
  return path;
}

const kubectl = (...args: readonly string[]): string =>
  execFileSync('kubectl', ['--kubeconfig', kubeconfig, ...args], { encoding: 'utf8', stdio: 'pipe' });

interface Told {
  readonly status: number | null;
  readonly stderr: string;
  readonly summary: Readonly<Record<string, number>>;
  readonly live: { readonly manager: string; readonly unread: readonly { readonly resource: string }[] };
  readonly changes: readonly {
    readonly object: { readonly kind: string; readonly name: string };
    readonly effect: string;
    readonly fields: readonly { readonly path: string }[];
    readonly drift?: readonly { readonly path: string; readonly manager?: string; readonly then: string }[];
  }[];
}

function plan(path: string, ...args: readonly string[]): Told {
  const command = [join(packageFolder(), 'bin/seaworthy.js'), 'plan', '--live', path];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      ...command,
      '--output',
      'json',
      ...(args.includes('--kubeconfig') ? [] : ['--kubeconfig', kubeconfig]),
      ...args,
    ],
    { encoding: 'utf8' },
  );
  if (!stdout.includes('"live"')) throw new Error(`${stdout}${stderr}`);
  return { status, stderr, ...(JSON.parse(stdout) as Omit<Told, 'status' | 'stderr'>) };
}

afterAll(async () => {
  for (const name of ['shop-server-side', 'shop-client-side']) await direct.core.deleteNamespace({ name });
});

describe.each([
  ['shop-server-side', ['--server-side'], []],
  ['shop-client-side', [], ['--apply', 'client-side']],
])('%s', (namespace, how, method) => {
  let unchanged: string;
  beforeAll(async () => {
    unchanged = shopIn(namespace);
    kubectl('apply', ...how, '-f', unchanged);
    if (hasControllers)
      await until(async () => {
        const { status } = await direct.apps.readNamespacedDeployment({ namespace, name: 'shop-web' });
        return status?.readyReplicas === status?.replicas;
      });
  });

  it('has nothing to change, by either way to apply', () => {
    for (const way of [method, ['--apply', 'server-side']]) {
      const { changes, status } = plan(unchanged, '--detailed-exitcode', ...way);
      expect(changes).toEqual([]);
      expect(status).toBe(0);
    }
  });

  it('names the one workload whose image changes', () => {
    const changed = shopIn(namespace, (text) => text.replace(/(image: .*shop-web):.*/, '$1:9.9.9'));
    const { changes, status } = plan(changed, '--detailed-exitcode', ...method);
    expect(changes.map(({ object, effect }) => `${effect} ${object.kind} ${object.name}`)).toEqual([
      'pods-replaced Deployment shop-web',
    ]);
    expect(changes[0]?.fields.map(({ path }) => path)).toEqual(['spec.template.spec.containers[0].image']);
    expect(changes[0]?.drift).toBeUndefined();
    expect(status).toBe(3);
  });

  it('tells what somebody did by hand from what changes, with who did it', () => {
    kubectl('--namespace', namespace, 'scale', 'deployment/shop-worker', '--replicas=4');
    kubectl('--namespace', namespace, 'set', 'env', 'deployment/shop-web', 'DEBUG=1');
    kubectl('--namespace', namespace, 'label', 'service/shop-web', 'owner=me');
    const { changes } = plan(unchanged, ...method);
    const drift = changes.flatMap(({ object, drift: fields = [] }) =>
      fields.map(({ path, manager, then }) => [object.name, path, manager, then]),
    );
    const scaled = method.length === 0 ? 'conflict' : 'reset';
    expect(drift).toEqual([
      ['shop-worker', 'spec.replicas', 'kubectl (scale)', scaled],
      ['shop-web', 'spec.template.spec.containers[0].env[0]', 'kubectl-set', 'stays'],
      ['shop-web', 'metadata.labels.owner', 'kubectl-label', 'stays'],
    ]);
    expect(changes).toHaveLength(3);
  });
});

test('a user who may only view is told what is not compared', () => {
  const namespace = 'shop-server-side';
  kubectl('--namespace', namespace, 'create', 'serviceaccount', 'viewer');
  kubectl(
    '--namespace',
    namespace,
    'create',
    'rolebinding',
    'viewer',
    '--clusterrole=view',
    `--serviceaccount=${namespace}:viewer`,
  );
  const token = kubectl('--namespace', namespace, 'create', 'token', 'viewer').trim();
  const config = parse(readFileSync(kubeconfig, 'utf8')) as { users: { user: unknown }[] };
  for (const each of config.users) each.user = { token };
  const path = join(folder, 'viewer');
  writeFileSync(path, stringify(config));
  const { changes, live, stderr } = plan(shopIn(namespace), '--kubeconfig', path);
  const unread = live.unread.map(({ resource }) => resource).sort();
  expect(unread).toEqual(expect.arrayContaining(['secrets']));
  expect(unread).not.toContain('deployments');
  expect(stderr).toMatch(/Not compared, since you may not get or list secrets in namespace/);
  expect(changes.map(({ effect }) => effect)).not.toContain('created');
});

test('objects that an application no longer has are told, where the cluster has its record', async () => {
  const namespace = 'plan-removed';
  const cluster = await connect({ kubeconfig });
  const resources = new Resources(cluster);
  await direct.core.createNamespace({ body: { metadata: { name: namespace } } });
  const applySet = await openApplySet(cluster, { name: 'removed', namespace });
  const maps = ['one', 'two'].map((name) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace },
    data: { a: 'b' },
  }));
  const kind = await resources.of({ apiVersion: 'v1', kind: 'ConfigMap' });
  if (kind === undefined) throw new Error('no ConfigMaps');
  await applySet.begin(maps.map((each) => identify(each)));
  for (const each of maps) await applyObject(cluster, kind, applySet.label(each), { manager: 'seaworthy' });
  const path = join(folder, 'removed.yaml');
  writeFileSync(path, stringify(maps[0]));
  const { changes, live, stderr } = plan(path);
  expect(stderr).not.toContain('error');
  expect(live).toMatchObject({ manager: 'seaworthy', removed: 'known' });
  expect(changes.map(({ object, effect }) => `${effect} ${object.name}`)).toEqual(['deleted two']);
  await direct.core.deleteNamespace({ name: namespace });
  cluster.close();
});

test('a field that somebody removed after an apply is drift, by the revision in the cluster', async () => {
  const namespace = 'plan-field-removed';
  const cluster = await connect({ kubeconfig });
  await direct.core.createNamespace({ body: { metadata: { name: namespace } } });
  const map = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings', namespace },
    data: { a: '1', b: '2' },
  };
  await apply(ManifestSet.of([map]), cluster, { name: 'settings', namespace });
  kubectl(
    '-n',
    namespace,
    'patch',
    'configmap',
    'settings',
    '--type=json',
    '-p',
    '[{"op":"remove","path":"/data/b"}]',
  );
  const path = join(folder, 'settings.yaml');
  writeFileSync(path, stringify({ ...map, data: { ...map.data, c: '3' } }));
  const { changes } = plan(path);
  expect(changes.map(({ fields }) => fields.map((field) => field.path))).toEqual([['data.b', 'data.c']]);
  expect(changes[0]?.drift).toEqual([{ path: 'data.b', expected: '2', then: 'reset' }]);
  const again = await apply(ManifestSet.of([map]), cluster, { name: 'settings', namespace });
  expect(again.plan.changes[0]?.drift).toMatchObject([{ path: 'data.b', then: 'reset' }]);
  await direct.core.deleteNamespace({ name: namespace });
  cluster.close();
});
