import { correlated } from './old-values';

const PORTS = {
  type: 'array',
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': ['port', 'protocol'],
  items: {
    type: 'object',
    properties: { port: { type: 'integer' }, protocol: { type: 'string', default: 'TCP' } },
  },
} as const;

const OLD = [
  { port: 53, protocol: 'UDP', name: 'datagrams' },
  { port: 53, name: 'streams' },
];

it('finds the old item by all keys of a list of type map, and by their defaults', () => {
  expect(correlated(PORTS as never, { port: 53, protocol: 'TCP' }, OLD)).toBe(OLD[1]);
  expect(correlated(PORTS as never, { port: 53, protocol: 'UDP' }, OLD)).toBe(OLD[0]);
  expect(correlated(PORTS as never, { port: 80, protocol: 'UDP' }, OLD)).toBeUndefined();
});

it('finds no old item in another list', () => {
  expect(correlated({ ...PORTS, 'x-kubernetes-list-type': 'set' }, OLD[0], OLD)).toBeUndefined();
  expect(correlated(PORTS as never, OLD[0], undefined)).toBeUndefined();
});
