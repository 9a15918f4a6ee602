import { linesOf } from '../../../test/graph/reference-lines';

const of = (
  kind: string,
  spec: string,
  metadata = 'name: data, namespace: shop',
  apiVersion = 'v1',
): string[] =>
  linesOf(`
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { ${metadata} }
spec: ${spec}
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast }
provisioner: x
`);

test.each([
  [
    '{ storageClassName: fast }',
    'storage-class spec.storageClassName → storage.k8s.io/StorageClass fast set',
  ],
  [
    '{ storageClassName: slow }',
    'storage-class spec.storageClassName → storage.k8s.io/StorageClass slow missing',
  ],
  ['{ volumeName: pv }', 'volume spec.volumeName → PersistentVolume pv missing'],
  [
    '{ dataSource: { kind: PersistentVolumeClaim, name: old } }',
    'claim spec.dataSource.name → PersistentVolumeClaim shop/old missing',
  ],
  [
    '{ volumeAttributesClassName: gold }',
    'other spec.volumeAttributesClassName → storage.k8s.io/VolumeAttributesClass gold missing',
  ],
])('a claim with %s names what it says', (spec, line) => {
  expect(of('PersistentVolumeClaim', spec)).toEqual([line]);
});

test.each(['{}', '{ storageClassName: "" }', '{ dataSource: { kind: VolumeSnapshot, name: old } }'])(
  'a claim with %s names nothing that is known',
  (spec) => expect(of('PersistentVolumeClaim', spec)).toEqual([]),
);

test('a StatefulSet names its Service, and the classes of its claims', () => {
  const spec = '{ serviceName: db, volumeClaimTemplates: [{}, { spec: { storageClassName: slow } }] }';
  expect(of('StatefulSet', spec, 'name: db, namespace: shop', 'apps/v1')).toEqual([
    'governing-service spec.serviceName → Service shop/db missing',
    'storage-class spec.volumeClaimTemplates[1].spec.storageClassName → storage.k8s.io/StorageClass slow missing',
  ]);
});

test('a volume names the claim that it is kept for, and its class is a mere label', () => {
  const volume = (spec: string): string[] => of('PersistentVolume', spec, 'name: pv');
  expect(volume('{ storageClassName: slow, claimRef: { name: data, namespace: shop } }')).toEqual([
    'claim spec.claimRef.name → PersistentVolumeClaim shop/data missing',
  ]);
  expect(volume('{ claimRef: { name: data } }')).toEqual([
    'claim spec.claimRef.name → PersistentVolumeClaim default/data missing',
  ]);
});
