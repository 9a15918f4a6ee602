/** @jest-environment ./test/cluster/environment.js */
import { connect } from '../../lib/cluster/client/connect';
import type { Cluster } from '../../lib/cluster/client/cluster';
import { readLive } from '../../lib/cluster/live/read';
import { identityKey } from '../../lib/manifest/manifest';
import { ManifestSet } from '../../lib/manifest/set';
import { Manifests } from '../../lib/testing/manifests';
import { cluster as direct, hasControllers, testNamespace, until } from './cluster';

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

test('a test file holds a live namespace to the same as what an app renders', async () => {
  const web = (name: string) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: { app: name } },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'main', image: 'example.com/web:1' }] },
      },
    },
  });
  await direct.objects.create(web('one'));
  await direct.objects.create(web('two'));
  if (hasControllers)
    await until(async () => (await direct.core.listNamespacedPod({ namespace })).items.length === 2);
  const all = await Manifests.fromCluster(cluster, { namespace });
  expect(all.unread).toEqual([]);
  all.hasResource('Deployment', { metadata: { name: 'one' }, spec: { replicas: 1 } });
  all.countIs('Deployment', 2);
  expect(all.find('ConfigMap', { metadata: { name: 'kube-root-ca.crt' } })).toEqual([]);
  expect(all.find('Pod')).toEqual([]);
  expect(all.find('ReplicaSet')).toEqual([]);
  const { object } = all.get('Deployment', 'one');
  expect(object).not.toHaveProperty('status');
  expect(Object.keys(object.metadata).sort()).toEqual(['annotations', 'labels', 'name', 'namespace']);
  const chosen = await Manifests.fromCluster(cluster, { namespace, selector: 'app=two' });
  expect([...chosen].map(({ id }) => `${id.kind} ${id.name}`)).toEqual(['Deployment two']);
  const set = ManifestSet.of([web('one'), web('three')]);
  const own = await Manifests.fromCluster(cluster, { set });
  expect([...own].map(({ id }) => id.name)).toEqual(['one']);
});
