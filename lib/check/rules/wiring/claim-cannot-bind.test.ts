import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/claim-cannot-bind',
  'error',
  [
    'PersistentVolumeClaim data',
    'spec.resources.requests.storage',
    'cannot bind to PersistentVolume disk-1: requested PV is too small: it has 1Gi, not 2Gi',
    'Change the claim or the volume.',
  ],
  ({ failing, passing, found }) => [
    ['a volume that is larger', failing('capacity: { storage: 1Gi }', 'capacity: { storage: 3Gi }'), []],
    [
      'the same size in other units',
      passing('requests: { storage: 1Gi }', 'requests: { storage: 1024Mi }'),
      [],
    ],
    ['no size', failing('resources: { requests: { storage: 2Gi } }', 'resources: {}'), []],
    [
      'another class',
      passing("storageClassName: ''", 'storageClassName: fast'),
      [
        found(
          'spec.storageClassName',
          'cannot bind to PersistentVolume disk-1: storageClassName does not match: it has "", not "fast"',
        ),
      ],
    ],
    ['no class in so many words', passing("  storageClassName: ''\n", ''), []],
    [
      'a missing access mode',
      passing(
        'volumeName: disk-1\n  accessModes: [ReadWriteOnce]',
        'volumeName: disk-1\n  accessModes: [ReadWriteOnce, ReadWriteMany]',
      ),
      [
        found(
          'spec.accessModes[1]',
          'cannot bind to PersistentVolume disk-1: incompatible accessMode: it has ReadWriteOnce, not ReadWriteMany',
        ),
      ],
    ],
    [
      'a volume for another claim',
      passing('capacity:', 'claimRef: { name: logs, namespace: default }\n  capacity:'),
      [
        found(
          'spec.volumeName',
          'cannot bind to PersistentVolume disk-1: volume already bound to a different claim: its claimRef is default/logs',
        ),
      ],
    ],
    [
      'a volume for a claim in another namespace',
      passing(
        'capacity:',
        'claimRef: { name: data, namespace: shop }\n  capacity:',
        '{ name: data }',
        '{ name: data, namespace: blog }',
      ),
      [
        found(
          'spec.volumeName',
          'cannot bind to PersistentVolume disk-1: volume already bound to a different claim: its claimRef is shop/data',
          undefined,
          'PersistentVolumeClaim blog/data',
        ),
      ],
    ],
    [
      'a claim whose namespace is chosen as it is applied',
      passing('capacity:', 'claimRef: { name: data, namespace: shop }\n  capacity:'),
      [],
    ],
    [
      'another volume mode',
      passing("storageClassName: ''", "storageClassName: ''\n  volumeMode: Block"),
      [
        found(
          'spec.volumeMode',
          'cannot bind to PersistentVolume disk-1: incompatible volumeMode: it has Filesystem, not Block',
        ),
      ],
    ],
    [
      'a class by annotation',
      passing(
        '{ name: data }',
        '{ name: data, annotations: { volume.beta.kubernetes.io/storage-class: slow } }',
      ),
      [
        found(
          'metadata.annotations[volume.beta.kubernetes.io/storage-class]',
          'cannot bind to PersistentVolume disk-1: storageClassName does not match: it has "", not "slow"',
        ),
      ],
    ],
    [
      'a volume for this claim, which is bound whatever it is like',
      failing('capacity:', 'claimRef: { name: data, namespace: default }\n  capacity:'),
      [],
    ],
    [
      'a volume for this claim',
      passing('capacity:', 'claimRef: { name: data, namespace: default }\n  capacity:'),
      [],
    ],
    ['a volume that is missing', failing('volumeName: disk-1', 'volumeName: disk-2'), []],
  ],
);
