import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/claim-cannot-bind',
  'error',
  [
    'PersistentVolumeClaim data',
    'spec.resources.requests.storage',
    'PersistentVolume disk-1 has only 1Gi',
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
      [found('spec.storageClassName', 'PersistentVolume disk-1 has class "", not "fast"')],
    ],
    ['no class in so many words', passing("  storageClassName: ''\n", ''), []],
    [
      'a missing access mode',
      passing(
        'volumeName: disk-1\n  accessModes: [ReadWriteOnce]',
        'volumeName: disk-1\n  accessModes: [ReadWriteOnce, ReadWriteMany]',
      ),
      [found('spec.accessModes[1]', 'PersistentVolume disk-1 does not have access mode ReadWriteMany')],
    ],
    [
      'a volume for another claim',
      passing('capacity:', 'claimRef: { name: logs, namespace: default }\n  capacity:'),
      [found('spec.volumeName', 'PersistentVolume disk-1 is reserved for claim default/logs')],
    ],
    [
      'a volume for a claim in another namespace',
      passing('capacity:', 'claimRef: { name: data, namespace: shop }\n  capacity:'),
      [found('spec.volumeName', 'PersistentVolume disk-1 is reserved for claim shop/data')],
    ],
    [
      'a volume for this claim',
      passing('capacity:', 'claimRef: { name: data, namespace: default }\n  capacity:'),
      [],
    ],
    ['a volume that is missing', failing('volumeName: disk-1', 'volumeName: disk-2'), []],
  ],
);
