import { integer, list, object, paths, string } from './widgets';

const typed = (type: string, keys?: readonly string[]): Record<string, unknown> => ({
  'x-kubernetes-list-type': type,
  ...(keys !== undefined && { 'x-kubernetes-list-map-keys': keys }),
});

it('a set has nothing twice, and says so once', () => {
  const set = list(string, typed('set'));
  expect(paths({ set }, { set: ['a', 'b'] })).toEqual([]);
  expect(paths({ set }, { set: ['a', 'a', 'a'] })).toEqual(['spec.set[1]']);
});

it('a set compares objects as a whole, in whatever order their keys come', () => {
  const item = object({ a: integer, b: integer });
  expect(
    paths(
      { set: list(item, typed('set')) },
      {
        set: [
          { a: 1, b: 2 },
          { b: 2, a: 1 },
        ],
      },
    ),
  ).toEqual(['spec.set[1]']);
});

it('a map tells its items apart by their keys, with defaults', () => {
  const item = object({ port: integer, protocol: { ...string, default: 'TCP' }, note: string });
  const ports = list(item, typed('map', ['port', 'protocol']));
  expect(paths({ ports }, { ports: [{ port: 1 }, { port: 1, protocol: 'UDP' }] })).toEqual([]);
  expect(paths({ ports }, { ports: [{ port: 1 }, { port: 1, protocol: 'TCP', note: 'x' }] })).toEqual([
    'spec.ports[1]',
  ]);
});

it('holds below maps, whose keys stand in brackets', () => {
  const map = { type: 'object', additionalProperties: list(string, typed('set')) };
  expect(paths({ map }, { map: { 'a.b/c': ['x', 'x'] } })).toEqual(['spec.map[a.b/c][1]']);
});

it('takes time linear in the list', () => {
  const set = Array.from({ length: 20_000 }, (_, index) => `item-${index}`);
  expect(paths({ set: list(string, typed('set')) }, { set })).toEqual([]);
});
