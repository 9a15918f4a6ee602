import fc from 'fast-check';
import { patchBetween, patched } from './json-patch';

it('names what differs, by fields and by items of lists that are as long in both', () => {
  const before = { a: { b: 1, 'x/y~z': 1, gone: 1 }, list: [{ n: 1 }, { n: 2 }], short: [1] };
  const after = { a: { b: 2, 'x/y~z': 2, come: {} }, list: [{ n: 1 }, { n: 3 }], short: [1, 2] };
  expect(patchBetween(before, after)).toEqual([
    { op: 'replace', path: '/a/b', value: 2 },
    { op: 'replace', path: '/a/x~1y~0z', value: 2 },
    { op: 'remove', path: '/a/gone' },
    { op: 'add', path: '/a/come', value: {} },
    { op: 'replace', path: '/list/1/n', value: 3 },
    { op: 'replace', path: '/short', value: [1, 2] },
  ]);
});

it('makes of the one what the other is, whatever they are', () => {
  const value = fc.jsonValue({ maxDepth: 4 });
  fc.assert(
    fc.property(fc.dictionary(fc.string(), value), fc.dictionary(fc.string(), value), (before, after) => {
      expect(patched(before, patchBetween(before, after))).toEqual(after);
    }),
  );
});

it.each([
  ['a field that is not there', { op: 'replace' as const, path: '/b', value: 1 }],
  ['a field below one that is not there', { op: 'add' as const, path: '/b/c', value: 1 }],
  ['an item that is not there', { op: 'replace' as const, path: '/list/2', value: 1 }],
  ['a field of a text', { op: 'add' as const, path: '/a/c', value: 1 }],
])('makes nothing of %s', (_, operation) => {
  expect(patched({ a: 'x', list: [1, 2] }, [operation])).toBeUndefined();
});
