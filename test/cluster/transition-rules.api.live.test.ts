/** @jest-environment ./test/cluster/environment.js */
import { connect } from '../../lib/cluster/client/connect';
import { applyObject, getObject } from '../../lib/cluster/client/objects';
import type { ApiResource } from '../../lib/cluster/client/resources';
import { nearestRelease } from '../../lib/kube/schema';
import { identify, type KubeObject } from '../../lib/manifest/manifest';
import { ManifestSet } from '../../lib/manifest/set';
import { plan } from '../../lib/plan/plan';
import { planLive } from '../../lib/plan/plan-live';
import { cluster as direct, testNamespace, until } from './cluster';

// Changes of a custom resource whose definition has rules about changes, and becomes narrower: what the server refuses, the
// plan refuses, and nothing else.

const namespace = testNamespace('transitions');

const TEXT = { type: 'string' };
const INTEGER = { type: 'integer' };
const rules = (rule: string, more: object = {}) => ({ 'x-kubernetes-validations': [{ rule, ...more }] });

const item = (port: object) => ({ type: 'object', required: ['name'], properties: { name: TEXT, port } });

const properties = (isNarrow: boolean): object => ({
  note: TEXT,
  fixed: { ...INTEGER, ...rules('self == oldSelf') },
  grows: { ...INTEGER, ...rules('self >= oldSelf', { message: 'cannot shrink' }) },
  once: { ...INTEGER, ...rules('oldSelf.hasValue() || self < 10', { optionalOldSelf: true }) },
  small: { ...INTEGER, ...(isNarrow && rules('self < 10', { reason: 'FieldValueForbidden' })) },
  short: { ...TEXT, ...(isNarrow && { maxLength: 3 }) },
  broken: { ...INTEGER, ...(isNarrow && rules('1 / (self - 12) > -9')) },
  pair: {
    type: 'object',
    properties: { a: INTEGER, b: INTEGER },
    ...(isNarrow && rules('self.a < 10', { fieldPath: '.a' })),
  },
  map: {
    type: 'object',
    maxProperties: 9,
    additionalProperties: { ...INTEGER, ...(isNarrow && rules('self < 10')) },
  },
  list: { type: 'array', maxItems: 9, items: { ...INTEGER, ...(isNarrow && rules('self < 10')) } },
  ports: {
    type: 'array',
    maxItems: 9,
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['name'],
    items: item({ ...INTEGER, ...rules('self == oldSelf') }),
  },
});

const definition = (isNarrow: boolean): KubeObject => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'boxes.transitions.example.com' },
  spec: {
    group: 'transitions.example.com',
    names: { kind: 'Box', plural: 'boxes' },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: { spec: { type: 'object', properties: properties(isNarrow) } },
          },
        },
      },
    ],
  },
});

const CHANGES: readonly (readonly [before: object, after: object])[] = [
  [{ fixed: 1 }, { fixed: 2 }],
  [{ fixed: 1 }, { fixed: 1, note: 'x' }],
  [{}, { fixed: 2 }],
  [{ fixed: 1, note: 'x' }, { note: 'x' }],
  [{ grows: 2 }, { grows: 1 }],
  [{ grows: 2 }, { grows: 3 }],
  [{}, { once: 12 }],
  [{ once: 1 }, { once: 12 }],
  [{ small: 12 }, { small: 12, note: 'x' }],
  [{ small: 12 }, { small: 13 }],
  [{ small: 1 }, { small: 12 }],
  [{ short: 'long enough' }, { short: 'long enough', note: 'x' }],
  [
    { short: 'long enough', small: 12 },
    { short: 'long enough', small: 13 },
  ],
  [{ broken: 12 }, { broken: 12, note: 'x' }],
  [{ pair: { a: 12 } }, { pair: { a: 12 }, note: 'x' }],
  [{ pair: { a: 12 } }, { pair: { a: 12, b: 1 } }],
  [{ map: { x: 12 } }, { map: { x: 12, y: 1 } }],
  [{ map: { x: 12 } }, { map: { x: 12, y: 13 } }],
  [{ list: [12] }, { list: [12], note: 'x' }],
  [{ list: [12] }, { list: [12, 1] }],
  [
    { ports: [{ name: 'a', port: 1 }] },
    {
      ports: [
        { name: 'b', port: 2 },
        { name: 'a', port: 1 },
      ],
    },
  ],
  [
    { ports: [{ name: 'a', port: 1 }] },
    {
      ports: [
        { name: 'b', port: 2 },
        { name: 'a', port: 2 },
      ],
    },
  ],
];

const box = (name: string, spec: object): KubeObject => ({
  apiVersion: 'transitions.example.com/v1',
  kind: 'Box',
  metadata: { name, namespace },
  spec,
});

afterAll(() => direct.objects.delete(definition(false)));

test('what rules about changes refuse, and what they let be, is what the plan says', async () => {
  const cluster = await connect({ kubeconfig: direct.kubeconfig });
  const request = { manager: 'seaworthy' };
  const kinds: ApiResource = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    plural: 'customresourcedefinitions',
    namespaced: false,
  };
  const boxes: ApiResource = {
    apiVersion: 'transitions.example.com/v1',
    kind: 'Box',
    plural: 'boxes',
    namespaced: true,
  };
  expect(await applyObject(cluster, kinds, definition(false), request)).not.toHaveProperty('refusal');
  for (const [index, [before]] of CHANGES.entries())
    await until(async () => {
      const { refusal } = await applyObject(cluster, boxes, box(`box-${index}`, before), request);
      return refusal === undefined;
    });
  expect(await applyObject(cluster, kinds, definition(true), request)).not.toHaveProperty('refusal');
  const dryRun = { ...request, dryRun: true };
  // A server reads a changed definition a moment later.
  await until(async () => {
    const { refusal } = await applyObject(cluster, boxes, box('box-new', { small: 12 }), dryRun);
    return refusal !== undefined;
  });
  const kubernetes = nearestRelease(cluster.version);
  const [lax, narrow] = [definition(false), definition(true)];
  for (const [index, [before, after]] of CHANGES.entries()) {
    const name = `box-${index}`;
    const { refusal } = await applyObject(cluster, boxes, box(name, after), dryRun);
    const { changes } = plan(
      ManifestSet.of([lax, box(name, before)]),
      ManifestSet.of([narrow, box(name, after)]),
      { kubernetes },
    );
    const change = changes.find(({ id }) => id.kind === 'Box');
    const theirs = refusal === undefined ? 'accepted' : refusal.causes.map(({ field }) => field).sort();
    const ours =
      change?.effect === 'rejected' ? (change.reasons ?? []).map(({ path }) => path).sort() : 'accepted';
    expect({ after, ours }).toEqual({ after, ours: theirs });
  }
  cluster.close();
});

test('what rules refuse that read the status is judged by the status that is there', async () => {
  const cluster = await connect({ kubeconfig: direct.kubeconfig });
  const request = { manager: 'seaworthy' };
  const resources = (apiVersion: string, kind: string, plural: string, namespaced: boolean): ApiResource => ({
    apiVersion,
    kind,
    plural,
    namespaced,
  });
  const disks = resources('status.example.com/v1', 'Disk', 'disks', true);
  const size = { type: 'object', properties: { size: INTEGER } };
  const schema = {
    type: 'object',
    properties: { spec: size, status: size },
    ...rules('!has(self.status) || self.spec.size >= self.status.size'),
  };
  const ofDisks: KubeObject = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'disks.status.example.com' },
    spec: {
      group: 'status.example.com',
      names: { kind: 'Disk', plural: 'disks' },
      scope: 'Namespaced',
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: { openAPIV3Schema: schema },
        },
      ],
    },
  };
  const disk = (value: number, more: object = {}): KubeObject => ({
    apiVersion: 'status.example.com/v1',
    kind: 'Disk',
    metadata: { name: 'data', namespace },
    spec: { size: value },
    ...more,
  });
  const kinds = resources(
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    'customresourcedefinitions',
    false,
  );
  expect(await applyObject(cluster, kinds, ofDisks, request)).not.toHaveProperty('refusal');
  try {
    await until(async () => (await applyObject(cluster, disks, disk(20), request)).refusal === undefined);
    await cluster.request({
      method: 'PATCH',
      path: `/apis/status.example.com/v1/namespaces/${namespace}/disks/data/status`,
      body: { status: { size: 10 } },
      contentType: 'application/merge-patch+json',
    });
    const found = await getObject(cluster, disks, identify(disk(20)));
    const live = 'object' in found ? found.object : undefined;
    expect(live).toMatchObject({ status: { size: 10 } });
    for (const after of [
      disk(15),
      disk(5),
      disk(5, { status: { size: 1 } }),
      disk(15, { status: { size: 17 } }),
    ]) {
      const { refusal } = await applyObject(cluster, disks, after, { ...request, dryRun: true });
      const [change] = planLive(live === undefined ? [] : [live], ManifestSet.of([after]), {
        ...request,
        kubernetes: nearestRelease(cluster.version),
        assume: ManifestSet.of([ofDisks]),
      });
      expect({ after, isRefused: change?.effect === 'rejected' }).toEqual({
        after,
        isRefused: refusal !== undefined,
      });
    }
  } finally {
    await direct.objects.delete(ofDisks);
    cluster.close();
  }
});
