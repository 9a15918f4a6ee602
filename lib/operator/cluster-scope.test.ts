import { z } from 'zod';
import { tenant } from '../../test/operator/tenant';
import { check } from '../check/check';
import { ConfigMap } from '../constructs/config/config-map';
import { KubeObject } from '../constructs/core/object';
import { PersistentVolumeClaim } from '../constructs/storage/persistent-volume-claim';
import { ManifestSet } from '../manifest/set';
import { reconcile } from '../testing/reconcile';
import { customResourceDefinition } from './crd';
import { defineResource } from './definition';
import { operatorManifests } from './manifests';
import { render } from './render';
import type { CustomResource, ResourceDefinition } from './types';

// Resources of the whole cluster: they are in no namespace, and render into any.

const resource = (spec: object, annotations = {}): CustomResource => ({
  apiVersion: 'platform.example/v1',
  kind: 'Tenant',
  metadata: { name: 'acme', annotations },
  spec,
});

const of = (construct: ResourceDefinition['construct']): ResourceDefinition =>
  defineResource({
    group: 'platform.example',
    kind: 'Tenant',
    scope: 'Cluster',
    props: z.object({}),
    construct: (scope, props, given) => construct(scope, props as never, given),
  });

/** A custom object that names no namespace. */
const pool = of(
  (scope) =>
    void new KubeObject(scope, 'pool', {
      apiVersion: 'net.example/v1',
      kind: 'Pool',
      content: () => ({ spec: {} }),
    }),
);

const poolDefinition = (scope: string): ManifestSet =>
  ManifestSet.of([
    {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'pools.net.example' },
      spec: {
        group: 'net.example',
        names: { plural: 'pools', singular: 'pool', kind: 'Pool', listKind: 'PoolList' },
        scope,
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
          },
        ],
      },
    },
  ]);

it('have a definition that says so', () => {
  expect(customResourceDefinition(tenant())).toMatchObject({ spec: { scope: 'Cluster' } });
  expect(tenant().examples.map(({ metadata }) => metadata)).toEqual([{ name: 'acme', generation: 1 }]);
});

it('render objects in no namespace, and in several', () => {
  const { set, problem } = render(tenant(), resource({ more: ['shop'] }), {});
  expect(problem).toBeUndefined();
  expect(set?.manifests.map(({ id }) => `${id.kind} ${id.namespace ?? '-'}/${id.name}`).sort()).toEqual([
    'ConfigMap acme/acme-about',
    'ConfigMap shop/acme-about',
    'Namespace -/acme',
    'ResourceQuota acme/acme',
    'RoleBinding acme/team',
  ]);
});

it('have no namespace for an object that names none', () => {
  const definition = of((scope) => void new ConfigMap(scope, 'a', { data: { A: 'b' } }));
  expect(render(definition, resource({}), {}).problem).toEqual({
    reason: 'NamespaceMissing',
    message: expect.stringMatching(
      /^ConfigMap acme-a\S* names no namespace, and the resource is in none; give the object or its chart one$/,
    ) as string,
  });
});

it('take a custom object for one without a namespace where its definition is known', () => {
  expect(render(pool, resource({}), {}).problem?.message).toMatch(
    /, or pass the definition of Pool in assume if its objects are in none$/,
  );
  expect(render(pool, resource({}), { assume: poolDefinition('Cluster') }).problem).toBeUndefined();
  expect(render(pool, resource({}), { assume: poolDefinition('Namespaced') }).problem?.reason).toBe(
    'NamespaceMissing',
  );
});

it('are reconciled in memory as others are', () => {
  const first = reconcile(tenant(), resource({}));
  first.manifests.hasResource('ResourceQuota', { spec: { hard: { pods: '10' } } });
  const again = reconcile(tenant(), resource({}), { cluster: first.cluster });
  expect(again.decision.reason).toBe('UpToDate');
  const changed = reconcile(tenant(), resource({ text: 'other' }), { cluster: first.cluster });
  expect(changed.decision.message).toBe('ConfigMap acme/acme-about changes');
});

it('name objects with their namespaces in annotations: two may have one name', () => {
  const claims = (names: readonly string[]): ResourceDefinition =>
    of((scope) => {
      new ConfigMap(scope, 'kept', { namespace: 'a', data: { A: 'b' } });
      for (const namespace of names)
        new PersistentVolumeClaim(scope, `in-${namespace}`, { name: 'data', namespace, size: '1Gi' });
    });
  const { cluster } = reconcile(claims(['a', 'b']), resource({}));
  const held = reconcile(claims([]), resource({}), { cluster });
  expect(held.decision).toMatchObject({ action: 'hold', reason: 'DataLoss' });
  const named = 'PersistentVolumeClaim/a/data,PersistentVolumeClaim/b/data';
  expect(held.decision.message).toContain(`annotation seaworthy.dev/allow-data-loss: ${named} allows it`);
  const one = { 'seaworthy.dev/allow-data-loss': 'PersistentVolumeClaim/a/data' };
  const half = reconcile(claims([]), resource({}, one), { cluster });
  expect(half.decision.message).toContain('allow-data-loss: PersistentVolumeClaim/b/data allows it');
  const both = { 'seaworthy.dev/allow-data-loss': named };
  expect(reconcile(claims([]), resource({}, both), { cluster }).decision).toMatchObject({
    action: 'apply',
    allowDataLoss: named.split(','),
  });
});

describe('their operator', () => {
  const deployment = { image: 'ghcr.io/acme/platform-operator:1.0.0', module: 'definitions.ts' };

  it('has its permissions in the whole cluster, for what they render', () => {
    const set = operatorManifests([tenant()], deployment);
    expect(set.find({ kind: 'ClusterRoleBinding' })).toHaveLength(1);
    const { object } = set.get({ kind: 'ClusterRole', name: 'seaworthy-operator-resources' });
    const rules = object['rules'] as { resources: string[]; verbs: string[] }[];
    const written = rules.filter(({ verbs }) => verbs.includes('delete')).flatMap((rule) => rule.resources);
    expect(written.sort()).toEqual(['configmaps', 'namespaces', 'resourcequotas', 'rolebindings', 'secrets']);
    expect(check(set).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('has a namespace that stays, since the records of what they have are in it', () => {
    const { object } = operatorManifests([tenant()], deployment).get({ kind: 'Namespace' });
    expect(Object.keys(object.metadata.annotations ?? {})).toContainEqual(
      expect.stringMatching(/resource-policy|prune|keep/),
    );
  });

  it('does not serve some namespaces only', () => {
    expect(() => operatorManifests([tenant()], { ...deployment, namespaces: ['shop'] })).toThrow(
      'Forbidden: resources of Tenant.platform.example are in no namespace, and may render into any',
    );
  });
});
