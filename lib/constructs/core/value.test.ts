import { SeaworthyError } from '../../errors';
import { substitute } from '../../manifest/chart-value';
import { declaredValues, value } from './value';

function problemOf(declare: () => unknown): string {
  try {
    declare();
  } catch (error) {
    if (error instanceof SeaworthyError)
      return `${error.code} ${error.problems[0].path ?? ''}: ${error.problems[0].message}`;
  }
  return '';
}

it('is what it is by default', () => {
  expect([value('a.b', 3), value('a.c', 'x'), value('a.d', false)]).toEqual([3, 'x', false]);
});

it('is another in a process that takes it for that, where path and default are the same', () => {
  const remove = substitute({ path: 'other', initial: 3, value: 4 });
  try {
    expect([value('other', 3), value('other', 2), value('another', 3)]).toEqual([4, 2, 3]);
  } finally {
    remove();
  }
  expect(value('other', 3)).toBe(3);
});

it('is declared once, with all that is said of it', () => {
  value('once', 3, { minimum: 1 });
  value('once', 3, { maximum: 5 });
  const [found, ...more] = declaredValues().filter(({ path }) => path === 'once');
  expect(more).toEqual([]);
  expect(found).toEqual({
    path: 'once',
    initial: 3,
    minimum: 1,
    maximum: 5,
  });
});

it('stands where a prop takes some words only', () => {
  const level: 'info' | 'debug' = value('level', 'info', { enum: ['info', 'debug'] });
  expect(level).toBe('info');
});

it.each<[string, () => unknown, string]>([
  [
    'a path with a dash',
    () => value('api-server.replicas', 1),
    'INVALID_VALUE value("api-server.replicas"): Invalid value',
  ],
  ['an empty name', () => value('api..replicas', 1), 'Invalid value'],
  ['an object', () => value('a', {} as never), 'expected a number, a string, true or false'],
  ['a number that is none', () => value('a', NaN), 'expected a number'],
  ['a default outside its bounds', () => value('a', 1, { minimum: 2 }), 'do not allow 1'],
  ['a default that is not in its enum', () => value('a', 'x', { enum: ['y'] }), 'do not allow "x"'],
  ['a default that does not match', () => value('a', 'x', { pattern: '^y$' }), 'do not allow "x"'],
  ['a pattern that Go does not read', () => value('a', 'x', { pattern: '(?=x)' }), 'Invalid value: "(?=x)"'],
  ['an enum of another type', () => value('a', 'x', { enum: [1 as never] }), '1 is not a string'],
  ['bounds of a text', () => value('a', 'x', { minimum: 1 }), 'minimum and maximum are for numbers'],
])('refuses %s', (_, declare, expected) => {
  expect(problemOf(declare)).toContain(expected);
});
