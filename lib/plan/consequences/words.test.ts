import { listed, listing, told } from './told';
import { count } from './words';

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

it('tells a long list in full, and the first of it in brief', () => {
  const names = Array.from({ length: 40 }, (_, index) => `n${index}`);
  const { full, brief } = told`${'A'} reaches ${listing(names, 3)} on ${80}.`;
  expect(brief).toBe('A reaches n0, n1, n2 and 37 more on 80.');
  expect(full).toBe(`A reaches ${names.slice(0, -1).join(', ')} and n39 on 80.`);
});
