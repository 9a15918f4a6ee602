import { ManifestSet } from '../manifest/set';
import type { KubeObject } from '../manifest/manifest';
import { planLive } from './plan-live';

const deployment = (spec: object, metadata: object = {}): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', ...metadata },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'main', image: 'web:1' }] },
    },
    ...spec,
  },
});

const entry = (manager: string, operation: string, fieldsV1: object) => ({
  manager,
  operation,
  apiVersion: 'apps/v1',
  fieldsType: 'FieldsV1',
  time: '2026-01-01T00:00:00Z',
  fieldsV1,
});

/** As a cluster has it: with defaults, and who wrote what. */
const stored = (spec: object, ...managedFields: readonly object[]): KubeObject =>
  deployment(spec, { uid: 'u', resourceVersion: '1', managedFields });

const how = { manager: 'seaworthy' };
const fieldsOf = (live: KubeObject, after: KubeObject) =>
  planLive([live], ManifestSet.of([after]), how).map(({ effect, fields }) => ({ effect, fields }));

test.each([
  ['Seaworthy', entry('seaworthy', 'Apply', { 'f:spec': { 'f:paused': {}, 'f:minReadySeconds': {} } })],
  [
    'kubectl apply',
    entry('kubectl-client-side-apply', 'Update', { 'f:spec': { 'f:paused': {}, 'f:minReadySeconds': {} } }),
  ],
  [
    'an old kubectl apply',
    entry('kubectl', 'Update', {
      'f:metadata': { 'f:annotations': { 'f:kubectl.kubernetes.io/last-applied-configuration': {} } },
      'f:spec': { 'f:paused': {}, 'f:minReadySeconds': {} },
    }),
  ],
])('what %s had set and is not applied any more goes', (_, applied) => {
  const live = stored({ paused: true, minReadySeconds: 5, revisionHistoryLimit: 3 }, applied);
  expect(fieldsOf(live, deployment({ minReadySeconds: 5 }))).toEqual([
    { effect: 'updated', fields: [{ path: 'spec.paused', before: true }] },
  ]);
});

test('what others have set stays, and is no change', () => {
  const applied = entry('seaworthy', 'Apply', { 'f:spec': { 'f:replicas': {} } });
  const scaler = entry('kube-controller-manager', 'Update', { 'f:spec': { 'f:replicas': {} } });
  const edit = entry('kubectl-edit', 'Update', { 'f:spec': { 'f:paused': {} } });
  const live = stored({ replicas: 7, paused: true }, applied, { ...scaler, subresource: 'scale' }, edit);
  expect(fieldsOf(live, deployment({}))).toEqual([{ effect: 'none', fields: [] }]);
});

test('of a part that goes, what others own stays, and what nobody owns goes along', () => {
  const rolling = (fields: object) => ({ 'f:spec': { 'f:strategy': { 'f:rollingUpdate': fields } } });
  const live = stored(
    { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 3, maxUnavailable: 2 } } },
    entry('seaworthy', 'Apply', rolling({ 'f:maxSurge': {} })),
    entry('operator', 'Update', rolling({ 'f:maxUnavailable': {} })),
  );
  expect(fieldsOf(live, deployment({}))).toEqual([
    {
      effect: 'updated',
      fields: [{ path: 'spec.strategy.rollingUpdate.maxSurge', before: 3, after: '25%' }],
    },
  ]);
});

test('items of a list go by their keys', () => {
  const containers = (fields: object) => ({
    'f:spec': { 'f:template': { 'f:spec': { 'f:containers': fields } } },
  });
  const applied = entry(
    'seaworthy',
    'Apply',
    containers({
      'k:{"name":"main"}': { '.': {}, 'f:name': {}, 'f:image': {} },
      'k:{"name":"old"}': { '.': {}, 'f:name': {}, 'f:image': {} },
    }),
  );
  const template = (...names: readonly string[]) => ({
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: names.map((name) => ({ name, image: 'web:1' })) },
    },
  });
  const [change] = fieldsOf(stored(template('main', 'old', 'injected'), applied), deployment({}));
  expect(change?.effect).toBe('pods-replaced');
  expect(change?.fields.map(({ path }) => path)).toEqual(['spec.template.spec.containers[1]']);
});

test('a fixed field is refused, unless the object is named to be created again', () => {
  const live = stored({}, entry('seaworthy', 'Apply', {}));
  const after = deployment({ selector: { matchLabels: { app: 'web', tier: 'a' } } });
  const template = {
    metadata: { labels: { app: 'web', tier: 'a' } },
    spec: { containers: [{ name: 'main', image: 'web:1' }] },
  };
  const set = ManifestSet.of([deployment({ ...(after['spec'] as object), template })]);
  expect(planLive([live], set, how).map(({ effect }) => effect)).toEqual(['rejected']);
  const [named] = planLive([live], set, { ...how, recreate: new Set(['apps|Deployment|shop|web']) });
  expect(named).toMatchObject({ effect: 'pods-replaced', recreated: '--recreate' });
});

test('what an object says to other deployers does not count', () => {
  const annotations = { 'argocd.argoproj.io/hook': 'Skip', 'helm.sh/hook': 'pre-install' };
  const after = deployment({ paused: true }, { annotations });
  const [change] = planLive([stored({})], ManifestSet.of([after]), how);
  expect(change).toMatchObject({ effect: 'updated' });
  expect(change?.recreated ?? change?.notApplied).toBeUndefined();
});

test.each([
  ['kubectl-edit', 'has drifted', [{ path: 'data.b', then: 'stays' }]],
  ['cert-controller', 'has not', undefined],
])('what is there as it is applied, and %s has added to, is no change, and %s', (manager, _, drift) => {
  const map = (data: object, metadata: object = {}): KubeObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings', namespace: 'shop', ...metadata },
    data,
  });
  const managedFields = [
    { ...entry('seaworthy', 'Apply', { 'f:data': { 'f:a': {} } }), apiVersion: 'v1' },
    { ...entry(manager, 'Update', { 'f:data': { 'f:b': {} } }), apiVersion: 'v1' },
  ];
  const live = map({ a: '1', b: '2' }, { uid: 'u', resourceVersion: '1', managedFields });
  const [change] = planLive([live], ManifestSet.of([map({ a: '1' })]), how);
  expect(change?.effect).toBe('none');
  expect(change?.drift?.map(({ path, then }) => ({ path, then }))).toEqual(drift);
  const [changed] = planLive([live], ManifestSet.of([map({ a: '3' })]), how);
  expect(changed?.fields).toEqual([{ path: 'data.a', before: '1', after: '3' }]);
});

describe('a field of a feature that is off', () => {
  const always = { name: 'proxy', image: 'proxy:1', restartPolicy: 'Always' };
  const withPod = (spec: object) => ({
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'main', image: 'web:1' }], ...spec },
    },
  });
  const applied = entry('seaworthy', 'Apply', {
    'f:spec': { 'f:template': { 'f:spec': { 'f:initContainers': {}, 'f:hostUsers': {} } } },
  });
  const planned = (live: KubeObject, after: KubeObject) =>
    planLive([live], ManifestSet.of([after]), { ...how, kubernetes: '1.28' }).map(
      ({ effect, fields, consequences }) => [
        effect,
        fields.map(({ path }) => path),
        consequences.filter(({ kind }) => kind === 'dropped').map(({ severity }) => severity),
      ],
    );

  test('stays where the cluster has it, and what is added beside it is kept', () => {
    const live = stored(withPod({ initContainers: [always] }), applied);
    expect(planned(live, deployment(withPod({ initContainers: [always] })))).toEqual([['none', [], []]]);
    const two = deployment(withPod({ initContainers: [always, { ...always, name: 'second' }] }));
    expect(planned(live, two)).toEqual([['pods-replaced', ['spec.template.spec.initContainers[1]'], []]]);
  });

  test('is dropped where the cluster does not have it, and told each time', () => {
    const live = stored(withPod({}), applied);
    expect(planned(live, deployment(withPod({ hostUsers: false })))).toEqual([['none', [], ['error']]]);
  });
});

describe('a rule of a definition that reads the status', () => {
  const definition: KubeObject = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'disks.example.com' },
    spec: {
      group: 'example.com',
      names: { kind: 'Disk', plural: 'disks' },
      scope: 'Namespaced',
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                spec: { type: 'object', properties: { size: { type: 'integer' } } },
                status: { type: 'object', properties: { used: { type: 'integer' } } },
              },
              'x-kubernetes-validations': [
                { rule: '!has(self.status) || self.spec.size >= self.status.used', message: 'is in use' },
              ],
            },
          },
        },
      ],
    },
  };
  const disk = (size: number, more: object = {}): KubeObject => ({
    apiVersion: 'example.com/v1',
    kind: 'Disk',
    metadata: { name: 'data', namespace: 'shop' },
    spec: { size },
    ...more,
  });
  const live = disk(20, { status: { used: 10 } });
  const planned = (after: KubeObject) =>
    planLive([live], ManifestSet.of([after]), { ...how, assume: ManifestSet.of([definition]) }).map(
      ({ effect, reasons }) => [effect, reasons?.map(({ message }) => message)],
    );

  test('judges a change by the status that the cluster has', () => {
    expect(planned(disk(15))).toEqual([['updated', undefined]]);
    expect(planned(disk(5))).toEqual([['rejected', [expect.stringContaining('is in use')]]]);
  });

  test('does not see the one of a manifest', () => {
    expect(planned(disk(5, { status: { used: 1 } }))[0]?.[0]).toBe('rejected');
    expect(planned(disk(15, { status: { used: 17 } }))).toEqual([['updated', undefined]]);
  });
});
