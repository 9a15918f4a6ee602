/** @jest-environment ./test/cluster/environment.js */
import { apply } from '../../lib/cluster/apply/apply';
import { reviewedPlan } from '../../lib/cluster/apply/reviewed';
import type { ApplyOptions, ApplyResult } from '../../lib/cluster/apply/types';
import type { Cluster } from '../../lib/cluster/client/cluster';
import { connect } from '../../lib/cluster/client/connect';
import { ManifestSet } from '../../lib/manifest/set';
import { status } from '../../lib/cluster/status/status';
import { synth } from '../../lib/synth/synth';
import { hello } from '../../apps/hello/app';
import { shop } from '../../apps/shop/app';
import { cluster as direct, testNamespace } from './cluster';

const namespace = testNamespace('apply');
const kubeconfig = process.env['SEAWORTHY_TEST_KUBECONFIG'] ?? '';
let cluster: Cluster;
beforeAll(async () => void (cluster = await connect({ kubeconfig })));
afterAll(() => cluster.close());

const deployment = (name: string, spec: object = {}, container: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace },
  spec: {
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'main', image: 'example.com/test/web:1', ...container }] },
    },
    ...spec,
  },
});

const configMap = (name: string, data: object) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
});

/** Applies as no application, and waits for nothing that nothing builds on. */
function applied(objects: readonly object[], options: ApplyOptions = {}): Promise<ApplyResult> {
  return apply(ManifestSet.of(objects), cluster, { namespace, wait: false, ...options });
}

const image = (name: string): object => ({ image: `example.com/test/${name}:1` });

const told = ({ outcome, written, failed, plan }: ApplyResult) => ({
  outcome,
  written: written.map(({ id, how }) => `${how} ${id.kind}/${id.name}`).sort(),
  failed: failed.map(({ id, reason }) => `${id.name}: ${reason}`),
  refusals: plan.refusals.map(({ id, message }) => `${id.name}: ${message}`),
  conflicts: plan.conflicts.map(({ path, manager }) => `${path} ${manager}`),
  differences: plan.differences,
});
const APPLIED = { outcome: 'applied', failed: [], refusals: [], conflicts: [], differences: [] };

test('what is new is created, what changes is updated, and what is the same is not written', async () => {
  const first = await applied([configMap('first', { a: '1' }), deployment('first')]);
  expect(told(first)).toEqual({
    ...APPLIED,
    written: ['created ConfigMap/first', 'created Deployment/first'],
  });
  const again = await applied([configMap('first', { a: '1' }), deployment('first')]);
  expect(told(again)).toEqual({ ...APPLIED, written: [] });
  expect(again.unchanged).toHaveLength(2);
  const changed = await applied([configMap('first', { a: '2' }), deployment('first')]);
  expect(told(changed)).toEqual({ ...APPLIED, written: ['updated ConfigMap/first'] });
});

let disks = 0;
test('a claim and a volume that name each other are unchanged once they are bound', async () => {
  // A volume is for one claim: where the test is run once more, it takes another one.
  const name = `${namespace}-disk-${++disks}`;
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: {
      storageClassName: 'by-hand',
      accessModes: ['ReadWriteOnce'],
      volumeName: name,
      resources: { requests: { storage: '1Gi' } },
    },
  };
  const volume = {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      storageClassName: 'by-hand',
      accessModes: ['ReadWriteOnce'],
      capacity: { storage: '1Gi' },
      persistentVolumeReclaimPolicy: 'Retain',
      claimRef: { namespace, name },
      hostPath: { path: '/disk' },
    },
  };
  const first = await applied([volume, claim], { wait: { timeout: 60_000 } });
  expect([told(first).outcome, first.plan.differences, first.differences]).toEqual([
    'applied',
    [],
    undefined,
  ]);
  const again = await applied([volume, claim]);
  expect(told(again)).toEqual({ ...APPLIED, written: [] });
  expect(again.plan.changes.map(({ effect, drift = [] }) => [effect, drift])).toEqual([
    ['none', []],
    ['none', []],
  ]);
  await direct.core.deletePersistentVolume({ name });
});

test('a field that kubectl apply had set goes when it is no longer applied', async () => {
  const managed = { metadata: { name: 'adopted', namespace }, data: { a: '1', b: '2' } };
  await direct.core.createNamespacedConfigMap({
    namespace,
    body: managed,
    fieldManager: 'kubectl-client-side-apply',
  });
  const result = await applied([configMap('adopted', { a: '3' })]);
  expect(told(result)).toEqual({ ...APPLIED, written: ['updated ConfigMap/adopted'] });
  expect((await direct.core.readNamespacedConfigMap({ namespace, name: 'adopted' })).data).toEqual({
    a: '3',
  });
  expect(told(await applied([configMap('adopted', { a: '3' })]))).toEqual({ ...APPLIED, written: [] });
});

test('a key of a Secret goes when it is no longer applied, also where it was given as text', async () => {
  const secret = (stringData: object) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'texts' },
    stringData,
  });
  await applied([secret({ a: 'one', b: 'two' })]);
  expect(told(await applied([secret({ a: 'one' })]))).toEqual({
    ...APPLIED,
    written: ['updated Secret/texts'],
  });
  const { data } = await direct.core.readNamespacedSecret({ namespace, name: 'texts' });
  expect(data).toEqual({ a: 'b25l' });
  expect(told(await applied([secret({ a: 'one' })]))).toEqual({ ...APPLIED, written: [] });
});

test('a field that somebody else holds is told with who does, and taken over by its path', async () => {
  const body = { metadata: { name: 'held', namespace }, data: { a: 'theirs', b: 'theirs' } };
  await direct.core.createNamespacedConfigMap({ namespace, body, fieldManager: 'somebody' });
  const objects = [configMap('held', { a: 'ours', b: 'ours' }), configMap('other', { a: '1' })];
  const refused = await applied(objects);
  expect(told(refused)).toMatchObject({
    outcome: 'refused',
    written: [],
    conflicts: ['data.a somebody', 'data.b somebody'],
  });
  expect(refused.plan.conflicts[0]?.since).toMatch(/^\d{4}-/);
  const partly = await applied(objects, { takeOwnership: ['ConfigMap/held:data.a'] });
  expect(told(partly)).toMatchObject({ outcome: 'refused', conflicts: ['data.b somebody'] });
  const taken = await applied(objects, { takeOwnership: ['data'] });
  expect(told(taken)).toEqual({ ...APPLIED, written: ['created ConfigMap/other', 'updated ConfigMap/held'] });
});

test('all that the server refuses is told, and nothing is written', async () => {
  const bad = { ...configMap('bad', {}), data: { 'a b': '1' } };
  const result = await applied([bad, configMap('good', {}), { ...deployment('none'), spec: {} }]);
  expect(told(result)).toMatchObject({ outcome: 'refused', written: [] });
  expect(result.plan.refusals.map(({ id }) => id.name)).toEqual(['bad', 'none']);
});

test('a fixed field is refused with the ways out, and an object that is named is created again', async () => {
  await applied([deployment('fixed')]);
  const labels = { app: 'fixed', tier: 'a' };
  const template = {
    metadata: { labels },
    spec: { containers: [{ name: 'main', image: 'example.com/test/web:1' }] },
  };
  const next = [deployment('fixed', { selector: { matchLabels: labels }, template })];
  const refused = await applied(next);
  expect(refused.outcome).toBe('refused');
  expect(refused.plan.refusals[0]?.message).toMatch(/field is immutable/);
  expect(refused.plan.refusals[0]?.hint).toMatch(/--recreate Deployment\/fixed/);
  const again = await applied(next, { recreate: ['deployment/fixed'] });
  expect(told(again)).toEqual({ ...APPLIED, written: ['recreated Deployment/fixed'] });
});

test('what does not get ready is a failure with its reason, and what was there before comes back', async () => {
  const before = [configMap('undone', { a: '1' }), deployment('undone', { replicas: 2 })];
  expect((await applied(before, { wait: {} })).outcome).toBe('applied');
  const after = [
    configMap('undone', { a: '2', b: '2' }),
    deployment('undone', { replicas: 1, progressDeadlineSeconds: 5, paused: false }, image('crash')),
    configMap('undone-new', {}),
  ];
  const result = await applied(after, { wait: { timeout: 60_000 }, rollbackOnFailure: true });
  expect(told(result)).toMatchObject({ outcome: 'failed', refusals: [] });
  expect(result.failed.map(({ id }) => id.kind)).toEqual(['Deployment']);
  expect(result.failed[0]?.reason).toMatch(/exit code 1/);
  expect([result.rolledBack, result.unready]).toEqual([true, []]);
  const { data } = await direct.core.readNamespacedConfigMap({ namespace, name: 'undone' });
  expect(data).toEqual({ a: '1' });
  expect(told(await applied(before))).toEqual({ ...APPLIED, written: [] });
  const { items } = await direct.core.listNamespacedConfigMap({ namespace });
  expect(items.map(({ metadata }) => metadata?.name)).not.toContain('undone-new');
});

test('a plan that was reviewed is applied as it is, or not at all', async () => {
  await applied([configMap('reviewed', { a: '1' })]);
  const next = [configMap('reviewed', { a: '2' })];
  const { plan } = await applied(next, { confirm: () => false });
  const reviewed = reviewedPlan(plan, { server: cluster.server, name: '', namespace });
  await applied([configMap('reviewed', { a: '3' })]);
  const refused = await applied(next, { reviewed });
  expect(refused).toMatchObject({
    outcome: 'refused',
    outdated: ['ConfigMap apply/reviewed: it has changed in the cluster'],
  });
  await applied([configMap('reviewed', { a: '1' })]);
  expect(told(await applied(next, { reviewed }))).toEqual({
    ...APPLIED,
    written: ['updated ConfigMap/reviewed'],
  });
});

test('an interrupted run says how far it came, and the next one goes on', async () => {
  const objects = [configMap('cut', {}), deployment('cut', {}, image('slow'))];
  const end = new AbortController();
  const result = await applied(objects, {
    wait: {},
    signal: end.signal,
    onEvent: ({ type }) => type === 'progress' && end.abort(),
  });
  expect(told(result)).toMatchObject({ outcome: 'interrupted', failed: [] });
  expect(result.written).toHaveLength(2);
  expect(told(await applied(objects, { wait: {} }))).toEqual({ ...APPLIED, written: [] });
});

/** Everything in a namespace with its version, by which every write shows. */
async function versions(name: string): Promise<Record<string, string | undefined>> {
  const lists = await Promise.all([
    direct.core.listNamespacedConfigMap({ namespace: name }),
    direct.core.listNamespacedSecret({ namespace: name }),
    direct.apps.listNamespacedDeployment({ namespace: name }),
  ]);
  const items = lists.flatMap(
    (list): { metadata?: { name?: string; resourceVersion?: string } }[] => list.items,
  );
  return Object.fromEntries(items.map(({ metadata }) => [metadata?.name ?? '', metadata?.resourceVersion]));
}

test('what an application no longer has goes, and what others have stays', async () => {
  await direct.core.createNamespace({ body: { metadata: { name: 'apply-owned' } } });
  const owned = (
    name: string,
    objects: readonly object[],
    options: ApplyOptions = {},
  ): Promise<ApplyResult> => applied(objects, { name, namespace: 'apply-owned', wait: {}, ...options });
  const web = { ...deployment('web'), metadata: { name: 'web' } };
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  };
  await owned('other', [configMap('theirs', {})]);
  await direct.core.createNamespacedConfigMap({
    namespace: 'apply-owned',
    body: { metadata: { name: 'nobodys' } },
  });
  const first = await owned('mine', [configMap('a', {}), configMap('b', {}), web, claim]);
  expect(first).toMatchObject({ outcome: 'applied', revision: 1 });
  const before = await versions('apply-owned');
  const again = await owned('mine', [configMap('a', {}), configMap('b', {}), web, claim]);
  expect(again).toMatchObject({ outcome: 'applied', written: [], revision: 1 });
  expect(await versions('apply-owned')).toEqual(before);

  const less = await owned('mine', [configMap('a', {}), web]);
  expect(less).toMatchObject({ outcome: 'applied', written: [], revision: 2 });
  expect(less.pruned.map(({ name }) => name)).toEqual(['b']);
  expect(less.plan.guarded.map(({ id }) => id.name)).toEqual(['data']);
  expect(less.plan.changes.map(({ id, effect }) => `${id.name} ${effect}`)).toEqual([
    'a none',
    'web none',
    'b deleted',
  ]);
  const left = Object.keys(await versions('apply-owned'));
  expect(left).toEqual(expect.arrayContaining(['a', 'web', 'theirs', 'nobodys']));
  expect(left).not.toContain('b');
  const lost = await owned('mine', [configMap('a', {}), web], {
    allowDataLoss: ['PersistentVolumeClaim/data'],
  });
  expect(lost.pruned.map(({ name }) => name)).toEqual(['data']);

  const taken = await owned('mine', [configMap('a', {}), web, configMap('theirs', { a: '1' })]);
  expect(told(taken)).toMatchObject({
    outcome: 'refused',
    conflicts: ['metadata.labels.applyset.kubernetes.io/part-of application apply-owned/other'],
  });
  await direct.core.deleteNamespace({ name: 'apply-owned' });
});

test('the hello app rolls out, is listed with its pods, and is not written again', async () => {
  const set = synth(hello());
  const options: ApplyOptions = { name: 'hello', namespace, wait: {} };
  const first = await apply(set, cluster, options);
  expect(told(first)).toMatchObject({ ...APPLIED, written: expect.arrayContaining([]) as string[] });
  expect(first.written).toHaveLength(set.size);
  const { workloads } = await status(cluster, { namespace });
  const own = workloads.filter(({ id }) => id.name === 'my-deployment');
  expect(own.flatMap(({ pods }) => pods.map(({ phase }) => phase))).toContain('Running');
  const before = await versions(namespace);
  expect(told(await apply(set, cluster, options))).toEqual({ ...APPLIED, written: [] });
  expect(await versions(namespace)).toEqual(before);
});

test('the shop rolls out, and another image rolls that workload alone, as the plan says', async () => {
  // Nothing makes Secrets of ExternalSecrets here, and there is no Longhorn.
  const all = synth(shop()).in('staging');
  const staging = all.filter(({ id }) => id.kind !== 'ExternalSecret');
  const secrets = all
    .filter(({ id }) => id.kind === 'ExternalSecret')
    .manifests.map(({ object }) => {
      const { target, data } = object['spec'] as {
        readonly target: { readonly name: string };
        readonly data: readonly { readonly secretKey: string }[];
      };
      return {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: target.name, namespace: 'shop' },
        stringData: Object.fromEntries(data.map(({ secretKey }) => [secretKey, 'x'])),
      };
    });
  const { items } = await direct.storage.listStorageClass();
  const { metadata: _, ...standard } = items.find(({ metadata }) => metadata?.name === 'standard') ?? {};
  const longhorn = {
    ...standard,
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'longhorn' },
  };
  await applied([longhorn, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }, ...secrets]);
  const options: ApplyOptions = { name: 'shop', namespace: 'shop', wait: { timeout: 90_000 } };
  const first = await apply(staging, cluster, options);
  expect(told(first)).toMatchObject({ ...APPLIED, written: expect.any(Array) as string[] });
  const before = await versions('shop');
  expect(told(await apply(staging, cluster, options))).toEqual({ ...APPLIED, written: [] });
  expect(await versions('shop')).toEqual(before);

  const objects = staging.manifests.map(({ object }) => structuredClone(object));
  const web = objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'shop-web');
  const { template } = web?.['spec'] as { template: { spec: { containers: { image: string }[] } } };
  for (const container of template.spec.containers) container.image = 'example.com/shop/web:2';
  const rolled = await apply(ManifestSet.of(objects), cluster, options);
  expect(told(rolled)).toEqual({ ...APPLIED, written: ['updated Deployment/shop-web'] });
  const changes = rolled.plan.changes.filter(({ effect }) => effect !== 'none');
  expect(changes.map(({ id, effect }) => `${id.name} ${effect}`)).toEqual(['shop-web pods-replaced']);
  await direct.core.deleteNamespace({ name: 'shop' });
  await direct.core.deleteNamespace({ name: 'logging' });
  await direct.storage.deleteStorageClass({ name: 'longhorn' });
});

test('namespaces, definitions and their objects come in one run', async () => {
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.apply.example.com' },
    spec: {
      group: 'apply.example.com',
      scope: 'Namespaced',
      names: { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } },
            },
          },
        },
      ],
    },
  };
  const widget = {
    apiVersion: 'apply.example.com/v1',
    kind: 'Widget',
    metadata: { name: 'one', namespace: 'apply-new' },
    spec: { size: 1 },
  };
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'bare', namespace: 'apply-new' },
    spec: { containers: [{ name: 'main', image: 'example.com/test/web:1' }] },
  };
  const objects = [
    pod,
    widget,
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'apply-new' } },
    definition,
  ];
  const result = await applied(objects);
  expect(told(result)).toMatchObject({ outcome: 'applied', failed: [] });
  expect(result.written).toHaveLength(4);
  expect(told(await applied(objects))).toEqual({ ...APPLIED, written: [] });
  await direct.core.deleteNamespace({ name: 'apply-new' });
  await direct.objects.delete(definition);
});

test('a custom resource that its definition fixes is created again if it is named, with leave to lose its data', async () => {
  const image = {
    type: 'string',
    maxLength: 20,
    'x-kubernetes-validations': [{ rule: 'self == oldSelf', message: 'image is fixed' }],
  };
  const schema = {
    openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: { image } } } },
  };
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'rabbitmqclusters.rabbitmq.com' },
    spec: {
      group: 'rabbitmq.com',
      scope: 'Namespaced',
      names: { kind: 'RabbitmqCluster', plural: 'rabbitmqclusters' },
      versions: [{ name: 'v1beta1', served: true, storage: true, schema }],
    },
  };
  const queue = (version: string) => ({
    apiVersion: 'rabbitmq.com/v1beta1',
    kind: 'RabbitmqCluster',
    metadata: { name: 'queue', namespace },
    spec: { image: version },
  });
  expect((await applied([definition, queue('a')])).outcome).toBe('applied');
  const refused = await applied([queue('b')]);
  expect(told(refused).refusals).toEqual([expect.stringContaining('image is fixed')]);
  const recreate = ['RabbitmqCluster/queue'];
  const guarded = await applied([queue('b')], { recreate });
  expect(guarded.plan.refusals).toMatchObject([
    {
      reason: 'DataLoss',
      hint: expect.stringContaining('--allow-data-loss RabbitmqCluster/queue') as string,
    },
  ]);
  const again = await applied([queue('b')], { recreate, allowDataLoss: recreate });
  expect(told(again)).toMatchObject({ outcome: 'applied', written: ['recreated RabbitmqCluster/queue'] });
  await direct.objects.delete(definition);
});
