import { count, listed } from './words';

it('counts what there is one of, and what there are several of', () => {
  expect([0, 1, 2].map((amount) => count(amount, 'pod'))).toEqual(['0 pods', '1 pod', '2 pods']);
});

it.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
  [['a', 'b', 'c', 'd'], 'a, b, c and 1 more'],
  [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
])('lists %j, at most three', (names, text) => {
  expect(listed(names, 3)).toBe(text);
});
