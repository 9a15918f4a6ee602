/** @jest-environment ./test/cluster/environment.js */
import { connect } from '../../lib/cluster/client/connect';
import type { Cluster } from '../../lib/cluster/client/cluster';
import { readLive } from '../../lib/cluster/live/read';
import { identityKey } from '../../lib/manifest/manifest';
import { cluster as direct, testNamespace } from './cluster';

// What reads a cluster: objects by identity.

const namespace = testNamespace('live');
const kubeconfig = process.env['SEAWORTHY_TEST_KUBECONFIG'] ?? '';
let cluster: Cluster;
beforeAll(async () => void (cluster = await connect({ kubeconfig })));
afterAll(() => cluster.close());

test('objects are read in the version of the manifest, with the managers of their fields', async () => {
  const scaler = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web', namespace },
    spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } },
  };
  await direct.objects.create(scaler);
  const names = Array.from({ length: 12 }, (_, index) => `m${index}`);
  for (const name of names.slice(1))
    await direct.core.createNamespacedConfigMap({ namespace, body: { metadata: { name } } });
  const maps = names.map((name) => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name }));
  const old = { ...scaler, apiVersion: 'autoscaling/v1', namespace, name: 'web' };
  const widget = { apiVersion: 'acme.com/v1', kind: 'Widget', namespace, name: 'w' };
  const { objects, unread } = await readLive(cluster, [...maps, old, widget]);
  expect(unread).toEqual([]);
  expect([...objects.keys()].sort()).toEqual([...maps.slice(1), old].map(identityKey).sort());
  expect(objects.get(identityKey(old))).toMatchObject({
    apiVersion: 'autoscaling/v1',
    kind: 'HorizontalPodAutoscaler',
    metadata: { managedFields: [{ operation: 'Update' }] },
  });
});
