/** @jest-environment ./test/cluster/environment.js */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binary } from '../../bench/binaries';
import { apply } from '../../lib/cluster/apply/apply';
import type { ApplyOptions, ApplyResult } from '../../lib/cluster/apply/types';
import type { Cluster } from '../../lib/cluster/client/cluster';
import { connect } from '../../lib/cluster/client/connect';
import { ManifestSet } from '../../lib/manifest/set';
import { cluster as direct, testNamespace } from './cluster';

// ApplySets as another tool reads them: SEAWORTHY_TEST_KUBECTL=<file> is another kubectl, of 1.27 or later.

const kubectl = process.env['SEAWORTHY_TEST_KUBECTL'] ?? binary('kubectl');
const folder = mkdtempSync(join(tmpdir(), 'seaworthy-kubectl-'));
afterAll(() => rmSync(folder, { recursive: true }));

const configMap = (name: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data: { a: '1' },
});

/** `kubectl apply --prune --applyset` of ConfigMaps. */
function pruned(namespace: string, applySet: string, names: readonly string[], ...flags: string[]) {
  const file = join(folder, 'objects.yaml');
  writeFileSync(file, ManifestSet.of(names.map(configMap)).toYaml());
  const args = ['apply', '--server-side', '--prune', `--applyset=${applySet}`, '-n', namespace, '-f', file];
  return spawnSync(kubectl, [...args, ...flags], {
    env: { HOME: folder, KUBECONFIG: direct.kubeconfig, KUBECTL_APPLYSET: 'true' },
    encoding: 'utf8',
  });
}

async function mapsIn(namespace: string): Promise<string[]> {
  const { items } = await direct.core.listNamespacedConfigMap({ namespace });
  return items.map(({ metadata }) => metadata?.name ?? '').filter((name) => name !== 'kube-root-ca.crt');
}

describe('kubectl', () => {
  const ours = testNamespace('kubectl-reads');
  const theirs = testNamespace('kubectl-made');
  let cluster: Cluster;
  beforeAll(async () => void (cluster = await connect({ kubeconfig: direct.kubeconfig })));
  afterAll(() => cluster.close());

  const applied = (
    namespace: string,
    names: readonly string[],
    options: ApplyOptions,
  ): Promise<ApplyResult> => apply(ManifestSet.of(names.map(configMap)), cluster, { namespace, ...options });

  test('reads our record as the parent of an ApplySet: leaves it to us, and prunes by it once it is its own', async () => {
    expect((await applied(ours, ['one', 'two'], { name: 'web' })).outcome).toBe('applied');
    const record = 'secrets/seaworthy.web';
    const refused = pruned(ours, record, ['one']);
    expect(refused.stderr).toContain('is managed by tooling "seaworthy" instead of "kubectl"');
    expect(await mapsIn(ours)).toEqual(['one', 'two']);

    // As kubectl finds the members: by the kinds that the record names.
    const namespaced = { name: 'seaworthy.web', namespace: ours };
    const secret = await direct.core.readNamespacedSecret(namespaced);
    const tooling = { 'applyset.kubernetes.io/tooling': 'kubectl/v1.36.0' };
    Object.assign(secret.metadata?.annotations ?? {}, tooling);
    await direct.core.replaceNamespacedSecret({ ...namespaced, body: secret });
    const taken = pruned(ours, record, ['one'], '--force-conflicts');
    expect(taken.stdout).toContain('configmap/two pruned');
    expect(taken.status).toBe(0);
    expect(await mapsIn(ours)).toEqual(['one']);
    await expect(applied(ours, ['one'], { name: 'web' })).rejects.toMatchObject({ code: 'CLUSTER_NOT_OURS' });
  });

  test('holds what it has applied as a set, until somebody takes that over by name; then we prune it', async () => {
    expect(pruned(theirs, 'web', ['one', 'two']).status).toBe(0);
    const held = await applied(theirs, ['one', 'two'], { name: 'web' });
    expect(held.outcome).toBe('refused');
    expect(held.plan.conflicts.map(({ manager }) => manager)).toContain(`ApplySet Secret ${theirs}/web`);

    const takeOwnership = ['metadata.labels'];
    expect((await applied(theirs, ['one', 'two'], { name: 'web', takeOwnership })).outcome).toBe('applied');
    const second = await applied(theirs, ['one'], { name: 'web' });
    expect(second.pruned.map(({ name }) => name)).toEqual(['two']);
    expect(pruned(theirs, 'web', ['one']).stderr).toContain('conflict with "seaworthy"');
  });
});
