import { problemAt } from '../../lib/cel/problem';

test.each([
  ['a', 0, 1, 1],
  ['a + b', 4, 1, 5],
  ['a +\n  b', 6, 2, 3],
  ['\n\nb', 2, 3, 1],
  ['"😀" + b', 7, 1, 7],
])('in %j, what is at %i is on line %i in column %i', (text, at, line, column) => {
  expect(problemAt(text, at, 'wrong')).toEqual({ message: 'wrong', line, column });
});
