import { z } from 'zod';
import { ConfigMap } from '../constructs/config/config-map';
import { PersistentVolumeClaim } from '../constructs/storage/persistent-volume-claim';
import { WebService } from '../constructs/workloads/web-service';
import { defineResource } from '../operator/definition';
import type { CustomResource } from '../operator/types';
import { reconcile } from './reconcile';

const site = defineResource({
  group: 'shop.example',
  kind: 'Site',
  props: z.object({
    replicas: z.int().default(2),
    size: z.string().optional(),
    text: z.string().default('a'),
  }),
  construct(scope, { replicas, size, text }) {
    const settings = new ConfigMap(scope, 'settings', { data: { TEXT: text } });
    new WebService(scope, 'Default', {
      image: 'ghcr.io/acme/site:1.0.0',
      port: 8080,
      replicas,
      envFrom: [settings],
      resources: { cpu: '10m', memory: '32Mi' },
      probe: { http: '/' },
    });
    if (size !== undefined) new PersistentVolumeClaim(scope, 'data', { size });
  },
});

const resource = (spec: object, generation = 1): CustomResource => ({
  apiVersion: 'shop.example/v1',
  kind: 'Site',
  metadata: { name: 'front', namespace: 'shop', generation },
  spec,
});

it('renders, decides and applies, with the assertions of charts', () => {
  const { manifests, conditions, status, cluster } = reconcile(site, resource({ replicas: 3 }));
  manifests.hasResource('Deployment', {
    metadata: { name: 'front', namespace: 'shop' },
    spec: { replicas: 3 },
  });
  expect(conditions.Ready).toMatchObject({
    status: 'True',
    reason: 'Applying',
    lastTransitionTime: '2026-01-01T00:00:00Z',
  });
  expect(status.objects).toBe(manifests.set.size);
  expect(cluster.size).toBe(manifests.set.size);
});

it('finds nothing to do in the cluster that it left', () => {
  const first = reconcile(site, resource({}));
  const second = reconcile(
    site,
    { ...resource({}), status: first.status },
    { cluster: first.cluster, clock: '2026-01-02T00:00:00Z' },
  );
  expect(second.decision).toMatchObject({ action: 'none', reason: 'UpToDate' });
  expect(second.cluster.toYaml()).toBe(first.cluster.toYaml());
  expect(second.conditions.Ready.lastTransitionTime).toBe('2026-01-01T00:00:00Z');
});

it('deletes what is gone, and holds what would take data along', () => {
  const first = reconcile(site, resource({ size: '1Gi', text: 'a' }));
  const second = reconcile(site, resource({ text: 'b' }, 2), { cluster: first.cluster });
  expect(second.conditions.Stalled).toMatchObject({
    status: 'True',
    reason: 'DataLoss',
    observedGeneration: 2,
  });
  expect(second.cluster).toBe(first.cluster);
  const third = reconcile(site, resource({ size: '1Gi', text: 'b' }), { cluster: first.cluster });
  expect(third.cluster.find({ kind: 'ConfigMap' })).toHaveLength(1);
  expect(third.cluster.get({ kind: 'ConfigMap' }).object['data']).toEqual({ TEXT: 'b' });
});

it('has nothing to assert where nothing is applied', () => {
  const { manifests, problem, conditions } = reconcile(site, resource({ replicas: 'many' }));
  expect(manifests.set.size).toBe(0);
  expect(problem).toMatchObject({ reason: 'InvalidSpec' });
  expect(conditions.Ready).toMatchObject({ status: 'False', reason: 'InvalidSpec' });
});
