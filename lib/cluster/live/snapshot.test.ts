import { check } from '../../check/check';
import type { KubeObject } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import { besides, snapshotFiles, snapshotIn, snapshotOf } from './snapshot';
import type { Surroundings } from './surroundings-types';
import { withoutValues } from './without-values';

const PLACE = { group: '', kind: 'Secret', plural: 'secrets', namespace: 'shop' };
const surroundings = (more: Partial<Surroundings>): Surroundings => ({
  kubernetes: 'v1.33.1',
  namespace: 'shop',
  objects: [],
  listed: [],
  missing: [],
  unread: [],
  ...more,
});
const secret = (name: string, more: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: 'shop' },
  ...more,
});
const pod = ManifestSet.of([
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { containers: [{ name: 'main', image: 'web:1', envFrom: [{ secretRef: { name: 'login' } }] }] },
  },
]);

function missing(more: Partial<Surroundings>): string[] {
  const files = snapshotFiles(surroundings(more));
  const read = [...files.values()].flatMap((text) => [...ManifestSet.parse(text)]);
  const snapshots = [snapshotOf(surroundings(more)), snapshotIn(read)];
  const [live, later] = snapshots.map((each) => {
    const { objects, knowledge } = each ?? snapshotOf(surroundings({}));
    return check(pod, { assume: objects, knowledge })
      .filter(({ rule }) => rule === 'wiring/secret-missing')
      .map(({ severity }) => severity);
  });
  expect(later).toEqual(live);
  return live ?? [];
}

it('proves that an object is missing where all of its kind are known, and nothing where none could be read', () => {
  expect(missing({})).toEqual(['warning']);
  expect(missing({ listed: [PLACE] })).toEqual(['error']);
  expect(missing({ listed: [PLACE], objects: [secret('login')] })).toEqual([]);
  expect(missing({ unread: [PLACE] })).toEqual([]);
  const target = { group: '', kind: 'Secret', namespace: 'shop', name: 'login' };
  expect(missing({ missing: [target] })).toEqual(['error']);
});

it('keeps names, types and keys, and no value', () => {
  const live = secret('login', {
    type: 'Opaque',
    data: { password: 'U0VTQU1F' },
    metadata: {
      name: 'login',
      namespace: 'shop',
      uid: 'u',
      managedFields: [],
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"password":"U0VTQU1F"}}' },
    },
  });
  expect(withoutValues(live)).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'login', namespace: 'shop', annotations: {} },
    type: 'Opaque',
    data: { password: '' },
  });
  expect(withoutValues(secret('release', { type: 'helm.sh/release.v1' }))).toBeUndefined();
  const map: KubeObject = {
    ...live,
    kind: 'ConfigMap',
    data: { level: '3', token: 'ghp_0123456789abcdefghijABCDEFGHIJ012345' },
  };
  expect(withoutValues(map)).toMatchObject({ data: { level: '', token: '' } });
  expect(withoutValues(map, true)).toMatchObject({ data: { level: '3', token: '(hidden)' } });
  const account: KubeObject = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'web', namespace: 'shop' },
    secrets: [{ name: 'web-token' }],
    imagePullSecrets: [{ name: 'registry' }],
  };
  expect(withoutValues(account)).not.toHaveProperty('secrets');
  expect(withoutValues(account)).toHaveProperty('imagePullSecrets');
});

it('leaves out what the manifests have themselves', () => {
  const objects = ManifestSet.of([secret('login'), secret('other')]);
  expect([...besides(objects, ManifestSet.of([secret('login')]))].map(({ id }) => id.name)).toEqual([
    'other',
  ]);
});
