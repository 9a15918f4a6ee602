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
    'warning: PersistentVolumeClaim shop/a is deleted. Its volume is kept, but no new claim binds to it automatically.',
  ]);
});

it('says that a claim grows and cannot shrink', () => {
  const larger = having(claim, 'spec.resources.requests.storage', '20Gi');
  expect(sentences('data', [claim], [larger])).toEqual([
    'info: PersistentVolumeClaim shop/a grows from 10Gi to 20Gi, if its storage class allows expansion. It cannot shrink again.',
  ]);
  expect(sentences('rejected', [larger], [claim])).toEqual([
    'error: The API server rejects PersistentVolumeClaim shop/a, which stays unchanged: spec.resources.requests.storage: Forbidden: field can not be less than previous value: it is 20Gi and would be 10Gi. Keep the field as it is, or make a new claim under a new name and copy the data: deleting the claim may delete its volume.',
  ]);
});

it('says what becomes of the claims of a StatefulSet that is deleted', () => {
  expect(sentences('data', [database()], [])).toEqual([
    'warning: StatefulSet shop/a is deleted, and leaves the 3 claims of its pods with their data.',
  ]);
  expect(sentences('data', [database(deleting)], [])).toEqual([
    'error: StatefulSet shop/a is deleted together with the 3 claims of its pods: persistentVolumeClaimRetentionPolicy.whenDeleted is Delete.',
  ]);
  expect(sentences('data', [workload('StatefulSet')], [])).toEqual([]);
});

it('says what becomes of the claims of pods that go', () => {
  expect(sentences('data', [database()], [database({ replicas: 2 })])).toEqual([
    'info: StatefulSet shop/a loses 1 pod and keeps its 1 claim.',
  ]);
  expect(sentences('data', [database(deleting)], [database({ replicas: 1, ...deleting })])).toEqual([
    'error: StatefulSet shop/a loses 2 pods and deletes their 2 claims: persistentVolumeClaimRetentionPolicy.whenScaled is Delete.',
  ]);
  expect(sentences('data', [database()], [database(deleting)])).toEqual([
    'warning: StatefulSet shop/a will delete its claims when it is deleted.',
  ]);
});

it('says that a namespace takes everything with it', () => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
  expect(sentences('data', [namespace, object('v1', 'ConfigMap')], [])).toEqual([
    'error: Namespace shop is deleted with everything in it: 1 object of this set, and all others.',
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
    'error: CustomResourceDefinition widgets.acme.io is deleted with every Widget in the cluster: 2 objects of this set, and all others.',
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
    'warning: PersistentVolume a and its data will be deleted when its claim is deleted.',
  ]);
});

it('holds a claim that grows to what its storage class allows', () => {
  const larger = having(claim, 'spec.resources.requests.storage', '20Gi');
  const growing = (allowVolumeExpansion: boolean): object => ({
    ...storageClass('Delete'),
    allowVolumeExpansion,
  });
  expect(sentences('data', [claim, growing(true)], [larger, growing(true)])).toEqual([
    'info: PersistentVolumeClaim shop/a grows from 10Gi to 20Gi. It cannot shrink again.',
  ]);
  expect(sentences('data', [claim, growing(false)], [larger, growing(false)])).toEqual([]);
  expect(sentences('rejected', [claim, growing(false)], [larger, growing(false)])).toEqual([
    'error: The API server rejects PersistentVolumeClaim shop/a, which stays unchanged: spec.resources.requests.storage: Forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize: StorageClass fast does not. Set allowVolumeExpansion of the class first, if its driver can expand volumes, or create a larger claim under a new name and copy the data.',
  ]);
  const [unclassed, grown] = [claim, larger].map((each) => having(each, 'spec.storageClassName', ''));
  expect(sentences('rejected', [unclassed ?? claim], [grown ?? larger])).toEqual([
    expect.stringContaining('it has no StorageClass') as string,
  ]);
});

it('says that data stays on its storage class, and the way to another', () => {
  expect(sentences('data', [claim], [having(claim, 'spec.storageClassName', 'slow')])).toEqual([
    'warning: The data of PersistentVolumeClaim shop/a stays on StorageClass fast: a claim cannot change its storage class. To move it to StorageClass slow, create a claim of that class, copy the data, and mount the new claim in the pods.',
  ]);
  const path = 'spec.volumeClaimTemplates.0.spec.storageClassName';
  expect(sentences('data', [database()], [having(database(), path, 'slow')])).toEqual([
    'warning: Claims "data" of StatefulSet shop/a stay on StorageClass fast: only claims of new pods would use StorageClass slow. For that, delete StatefulSet shop/a with --cascade=orphan and apply it again. To move the data, replace the claims one by one and copy it.',
  ]);
});

it('says what becomes of claims whose template asks for another size', () => {
  const sized = (storage: string): object =>
    having(database(), 'spec.volumeClaimTemplates.0.spec.resources', { requests: { storage } });
  expect(sentences('data', [sized('10Gi')], [sized('20Gi')])).toEqual([
    'warning: Claims "data" of StatefulSet shop/a stay at 10Gi. Resize each to 20Gi directly, if its storage class allows expansion, then delete StatefulSet shop/a with --cascade=orphan and apply it again, so that claims of new pods get the same size.',
  ]);
  expect(sentences('data', [sized('10Gi')], [sized('5Gi')])).toEqual([
    'warning: Claims "data" of StatefulSet shop/a stay at 10Gi: volumes cannot shrink. Only claims of new pods would have 5Gi. For that, delete StatefulSet shop/a with --cascade=orphan and apply it again.',
  ]);
});
