import { having, metadata, refusals } from './objects';

const claim = {
  apiVersion: 'resource.k8s.io/v1',
  kind: 'ResourceClaim',
  metadata: metadata('gpus'),
  spec: {
    devices: {
      requests: [
        { name: 'gpu', exactly: { deviceClassName: 'gpu.example.com' } },
        { name: 'any', firstAvailable: [{ name: 'big', deviceClassName: 'big.example.com' }] },
      ],
      constraints: [{ requests: ['gpu', 'any/big'], matchAttribute: 'example.com/numa' }],
    },
  },
};
const slice = {
  apiVersion: 'resource.k8s.io/v1',
  kind: 'ResourceSlice',
  metadata: { name: 'node-1' },
  spec: {
    driver: 'gpu.example.com',
    nodeName: 'node-1',
    pool: { name: 'node-1', generation: 1, resourceSliceCount: 1 },
    devices: [
      {
        name: 'gpu-0',
        allowMultipleAllocations: true,
        attributes: { model: { string: 'A' } },
        capacity: {
          memory: {
            value: '40Gi',
            requestPolicy: { default: '2Gi', validRange: { min: '1Gi', max: '8Gi', step: '1Gi' } },
          },
        },
      },
    ],
  },
};
const selectors = 'spec.devices.requests.0.exactly.selectors';
const range = 'spec.devices.0.capacity.memory.requestPolicy';
const many = (count: number, item: (index: number) => unknown): unknown[] =>
  Array.from({ length: count }, (_, index) => item(index));

describe('a selector of devices', () => {
  const expression = `spec.devices.requests[0].exactly.selectors[0].cel.expression`;

  it.each([
    "device.driver == 'gpu.example.com'",
    "device.attributes['example.com'].big",
    "device.capacity['example.com'].memory.compareTo(quantity('1Gi')) >= 0",
    "device.attributes['example.com'].version.isGreaterThan(semver('1.2.0'))",
    'device.allowMultipleAllocations',
    "cel.bind(own, device.attributes['example.com'], own.big && own.fast)",
  ])('may be %s', (text) => {
    expect(refusals(having(claim, selectors, [{ cel: { expression: text } }]))).toEqual([]);
  });

  it.each(['', 'device.', 'driver', 'device.name', '1', "'text'", 'a'.repeat(11_000)])(
    'must not be %s',
    (text) => {
      expect(refusals(having(claim, selectors, [{ cel: { expression: text } }]))).toEqual([expression]);
    },
  );
});

describe('a ResourceClaim is refused', () => {
  const requests = 'spec.devices.requests';
  it.each<[string, string, unknown, string[]]>([
    [
      'with too many requests',
      requests,
      many(33, (i) => ({ name: `r${i}` })),
      [requests, `spec.devices.constraints[0].requests[0]`, `spec.devices.constraints[0].requests[1]`],
    ],
    ['with a request for nothing', `${requests}.0`, { name: 'gpu' }, [`${requests}[0]`]],
    [
      'with a request twice',
      `${requests}.1.name`,
      'gpu',
      [`${requests}[1]`, 'spec.devices.constraints[0].requests[1]'],
    ],
    [
      'with a count where all are meant',
      `${requests}.0.exactly`,
      { deviceClassName: 'a', allocationMode: 'All', count: 1 },
      [`${requests}[0].exactly.count`],
    ],
    [
      'with a constraint on nobody',
      'spec.devices.constraints.0.requests',
      ['tpu'],
      ['spec.devices.constraints[0].requests[0]'],
    ],
    [
      'with a constraint on an attribute without a domain',
      'spec.devices.constraints.0.matchAttribute',
      'numa',
      ['spec.devices.constraints[0].matchAttribute'],
    ],
    [
      'with configuration that is no object',
      'spec.devices.config',
      [{ opaque: { driver: 'a', parameters: 1 } }],
      ['spec.devices.config[0].opaque.parameters'],
    ],
  ])('%s', (_, path, value, refused) => {
    expect(refusals(having(claim, path, value)).sort()).toEqual([...refused].sort());
  });
});

describe('a ResourceSlice is refused', () => {
  const policy = 'spec.devices[0].capacity[memory].requestPolicy';
  it.each<[string, string, unknown, string[]]>([
    ['for no node', 'spec.nodeName', undefined, ['spec']],
    ['for a node and all nodes', 'spec.allNodes', true, ['spec']],
    ['with a device twice', 'spec.devices', many(2, () => ({ name: 'a' })), ['spec.devices[1]']],
    ['with too many devices', 'spec.devices', many(129, (i) => ({ name: `d${i}` })), ['spec.devices']],
    [
      'with an attribute of two kinds',
      'spec.devices.0.attributes.model',
      { string: 'a', int: 1 },
      ['spec.devices[0].attributes[model]'],
    ],
    [
      'with a version that is none',
      'spec.devices.0.attributes.model',
      { version: '1.2' },
      ['spec.devices[0].attributes[model].version'],
    ],
    [
      'with capacity for many that only one can have',
      'spec.devices.0.allowMultipleAllocations',
      undefined,
      [policy],
    ],
    [
      'with a range that ends beyond the capacity',
      `${range}.validRange.max`,
      '80Gi',
      [`${policy}.validRange.max`],
    ],
    ['with a step that misses the default', `${range}.validRange.step`, '3Gi', [`${policy}.validRange.step`]],
    ['with a step of nothing', `${range}.validRange.step`, '0', [`${policy}.validRange.step`]],
    [
      'with a default outside of its values',
      range,
      { default: '3Gi', validValues: ['1Gi', '2Gi'] },
      [`${policy}.validValues`],
    ],
    [
      'with values out of order',
      range,
      { default: '1Gi', validValues: ['2Gi', '1Gi'] },
      [`${policy}.validValues[1]`],
    ],
  ])('%s', (_, path, value, refused) => {
    expect(refusals(having(slice, path, value))).toEqual(refused);
  });

  it('unless the release does not know the field, and drops it', () => {
    const before = having(slice, 'spec.devices.0.allowMultipleAllocations', undefined);
    expect(refusals(before, '1.35')).toEqual([]);
  });
});

it('what is well-formed is taken', () => {
  for (const object of [claim, slice]) expect(refusals(object)).toEqual([]);
});
