import { having, object } from '../changes';
import { consequences, sentences, workload } from './consequences';

const claim = object('v1', 'PersistentVolumeClaim', {
  spec: {
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'fast',
    resources: { requests: { storage: '10Gi' } },
  },
});
const storageClass = (reclaimPolicy: string): object => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'fast' },
  provisioner: 'x',
  reclaimPolicy,
});
const database = (spec: Record<string, unknown> = {}): ReturnType<typeof workload> =>
  workload('StatefulSet', {
    serviceName: 'a',
    replicas: 3,
    volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { ...(claim['spec'] as object) } }],
    ...spec,
  });
const deleting = { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Delete' } };

it('says what becomes of the volume of a claim that is deleted', () => {
  expect(consequences('data', [claim], [])).toEqual([
    {
      kind: 'data',
      severity: 'error',
      message:
        'PersistentVolumeClaim shop/a is deleted, and its volume with all data, unless its reclaim policy is Retain.',
    },
  ]);
  expect(sentences('data', [claim, storageClass('Retain')], [storageClass('Retain')])).toEqual([
    'PersistentVolumeClaim shop/a is deleted: its volume is kept, but no new claim binds it by itself.',
  ]);
});

it('says that a claim grows and cannot shrink', () => {
  const larger = having(claim, 'spec.resources.requests.storage', '20Gi');
  expect(sentences('data', [claim], [larger])).toEqual([
    'PersistentVolumeClaim shop/a grows from 10Gi to 20Gi, where its storage class allows that, and cannot shrink again.',
  ]);
  expect(sentences('rejected', [larger], [claim])).toEqual([
    'The API server refuses PersistentVolumeClaim shop/a, and it stays as it is: spec.resources.requests.storage cannot shrink: it is 20Gi and would be 10Gi. Keep the field as it is, or make a new claim under a new name and copy the data: deleting the claim may delete its volume.',
  ]);
});

it('says what becomes of the claims of a StatefulSet that is deleted', () => {
  expect(sentences('data', [database()], [])).toEqual([
    'StatefulSet shop/a is deleted, and leaves the 3 claims of its pods behind, with their data.',
  ]);
  expect(sentences('data', [database(deleting)], [])).toEqual([
    'StatefulSet shop/a is deleted, and the 3 claims of its pods with it: persistentVolumeClaimRetentionPolicy.whenDeleted is Delete.',
  ]);
  expect(sentences('data', [workload('StatefulSet')], [])).toEqual([]);
});

it('says what becomes of the claims of pods that go', () => {
  expect(sentences('data', [database()], [database({ replicas: 2 })])).toEqual([
    'StatefulSet shop/a has 1 pod fewer, and keeps the 1 claim of it.',
  ]);
  expect(sentences('data', [database(deleting)], [database({ replicas: 1, ...deleting })])).toEqual([
    'StatefulSet shop/a has 2 pods fewer, and deletes the 2 claims of them: persistentVolumeClaimRetentionPolicy.whenScaled is Delete.',
  ]);
  expect(sentences('data', [database()], [database(deleting)])).toEqual([
    'StatefulSet shop/a takes its claims with it from now on, once it is deleted.',
  ]);
});

it('says that a namespace takes everything with it', () => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
  expect(sentences('data', [namespace, object('v1', 'ConfigMap')], [])).toEqual([
    'Namespace shop is deleted with everything in it: 1 object of this set, and all that is not known here.',
  ]);
});

it('says that a definition takes its objects with it', () => {
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.acme.io' },
    spec: { group: 'acme.io', names: { kind: 'Widget', plural: 'widgets' } },
  };
  const widgets = ['b', 'c'].map((name) => having(object('acme.io/v1', 'Widget'), 'metadata.name', name));
  expect(sentences('data', [definition, ...widgets], widgets)).toEqual([
    'CustomResourceDefinition widgets.acme.io is deleted with every Widget in the cluster: 2 objects of this set, and all that is not known here.',
  ]);
});

it('says that the data of a volume goes with its claim from now on', () => {
  const volume = (persistentVolumeReclaimPolicy: string): object => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'a' },
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy,
      nfs: { server: 'a', path: '/a' },
    },
  });
  expect(sentences('data', [volume('Retain')], [volume('Delete')])).toEqual([
    'PersistentVolume a is from now on deleted with its claim, and its data with it.',
  ]);
});

it('holds a claim that grows to what its storage class allows', () => {
  const larger = having(claim, 'spec.resources.requests.storage', '20Gi');
  const growing = (allowVolumeExpansion: boolean): object => ({
    ...storageClass('Delete'),
    allowVolumeExpansion,
  });
  expect(sentences('data', [claim, growing(true)], [larger, growing(true)])).toEqual([
    'PersistentVolumeClaim shop/a grows from 10Gi to 20Gi, and cannot shrink again.',
  ]);
  expect(sentences('data', [claim, growing(false)], [larger, growing(false)])).toEqual([
    'PersistentVolumeClaim shop/a grows from 10Gi to 20Gi, which the API server refuses: StorageClass fast does not set allowVolumeExpansion. Set that first, where its driver can grow volumes, or make a larger claim under a new name and copy the data.',
  ]);
});

it('says that data stays on its storage class, and the way to another', () => {
  expect(sentences('data', [claim], [having(claim, 'spec.storageClassName', 'slow')])).toEqual([
    'The data of PersistentVolumeClaim shop/a stays on StorageClass fast, since no claim changes its storage class. To move it to StorageClass slow, make a new claim of that class, copy the data, and let the pods mount the new one.',
  ]);
  const path = 'spec.volumeClaimTemplates.0.spec.storageClassName';
  expect(sentences('data', [database()], [having(database(), path, 'slow')])).toEqual([
    'The claims data of StatefulSet shop/a stay on StorageClass fast, whatever its template says: only claims of pods yet to come would be of StorageClass slow. For that, delete StatefulSet shop/a with --cascade=orphan and apply it again; to move the data, replace claim after claim and copy it.',
  ]);
});

it('says what becomes of claims whose template asks for another size', () => {
  const sized = (storage: string): object =>
    having(database(), 'spec.volumeClaimTemplates.0.spec.resources', { requests: { storage } });
  expect(sentences('data', [sized('10Gi')], [sized('20Gi')])).toEqual([
    'The claims data of StatefulSet shop/a stay at 10Gi: set each to 20Gi by itself, where its storage class allows that, then delete StatefulSet shop/a with --cascade=orphan and apply it again, so that pods yet to come get as much.',
  ]);
  expect(sentences('data', [sized('10Gi')], [sized('5Gi')])).toEqual([
    'The claims data of StatefulSet shop/a stay at 10Gi, since no volume shrinks: only claims of pods yet to come would have 5Gi. For that, delete StatefulSet shop/a with --cascade=orphan and apply it again.',
  ]);
});
