import { withKeys } from './with-keys';

it('copies an object in the order of its keys, with more of them and others', () => {
  const before = { a: 1, b: 2 };
  const after = withKeys(before, { b: 3, c: 4 });
  expect(Object.entries(after)).toEqual([
    ['a', 1],
    ['b', 3],
    ['c', 4],
  ]);
  expect(Object.getPrototypeOf(after)).toBe(Object.prototype);
  expect(before).toEqual({ a: 1, b: 2 });
});

it('keeps a key that is called as the prototype is', () => {
  const after = withKeys(JSON.parse('{"__proto__":{"a":1}}') as object, { b: 2 });
  expect(JSON.stringify(after)).toBe('{"__proto__":{"a":1},"b":2}');
});
