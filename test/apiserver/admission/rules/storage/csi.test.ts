import { having, refusals } from '../../objects';

const storage = (kind: string, fields: object) => ({
  apiVersion: 'storage.k8s.io/v1',
  kind,
  metadata: { name: 'x' },
  ...fields,
});
const driver = storage('CSIDriver', { spec: {} });
const node = storage('CSINode', { spec: { drivers: [{ name: 'd', nodeID: 'n', topologyKeys: ['zone'] }] } });
const capacity = storage('CSIStorageCapacity', { storageClassName: 'fast' });
const attributes = storage('VolumeAttributesClass', { driverName: 'd', parameters: { iops: '1' } });

it.each([driver, node, capacity, attributes])('$kind passes as it should be', (object) => {
  expect(refusals(object)).toEqual([]);
});

describe('refused is', () => {
  it.each<[string, object, string, unknown, string[]]>([
    ['an unknown policy for groups', driver, 'spec.fsGroupPolicy', 'All', ['spec.fsGroupPolicy']],
    ['an unknown mode', driver, 'spec.volumeLifecycleModes', ['Always'], ['spec.volumeLifecycleModes']],
    [
      'a second token for one audience',
      driver,
      'spec.tokenRequests',
      [{ audience: 'a' }, { audience: 'a' }],
      ['spec.tokenRequests[1].audience'],
    ],
    [
      'a token of less than ten minutes',
      driver,
      'spec.tokenRequests',
      [{ audience: 'a', expirationSeconds: 599 }],
      ['spec.tokenRequests[0].expirationSeconds'],
    ],
    [
      'tokens in secrets where there are none',
      driver,
      'spec.serviceAccountTokenInSecrets',
      true,
      ['spec.serviceAccountTokenInSecrets'],
    ],
    [
      'an update every second',
      driver,
      'spec.nodeAllocatableUpdatePeriodSeconds',
      1,
      ['spec.nodeAllocatableUpdatePeriodSeconds'],
    ],
    ['a driver without an id', node, 'spec.drivers.0.nodeID', undefined, ['spec.drivers[0].nodeID']],
    ['a topology key twice', node, 'spec.drivers.0.topologyKeys', ['a', 'a'], ['spec.drivers[0]']],
    [
      'negative room',
      node,
      'spec.drivers.0.allocatable',
      { count: -1 },
      ['spec.drivers[0].allocatable.count'],
    ],
    ['capacity of no class', capacity, 'storageClassName', undefined, ['storageClassName']],
    ['negative capacity', capacity, 'capacity', '-1Gi', ['capacity']],
    ['a class without parameters', attributes, 'parameters', {}, ['parameters']],
    ['a class without a driver', attributes, 'driverName', undefined, ['driverName']],
  ])('%s', (_, object, path, value, paths) => {
    expect(refusals(having(object, path, value))).toEqual(paths);
  });
});
