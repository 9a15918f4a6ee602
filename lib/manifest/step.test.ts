import { stepInto, stepsTo } from './step';

const KEYS = ['a', 'a.b', 'a[b]', 'b]c', '', 'long.dotted/key', 'k9'];
const few = Object.fromEntries(KEYS.map((key) => [key, { at: key }]));
const more = Object.fromEntries(
  Array.from({ length: 100 }, (_, index) => [`k${index}`, { at: `k${index}` }]),
);

it.each([
  'a',
  '.a',
  '[a]',
  'a.b',
  '.a.b.at',
  '[a.b]',
  '[a[b]].at',
  '[b]c]',
  'long.dotted/key.at',
  'k9[0]',
  'k10',
  'nothing',
  'ab',
])('finds the same entry for %s in a large map as in a small one', (path) => {
  expect(stepInto({ ...more, ...few }, path)?.key).toBe(stepInto({ ...few, k10: more['k10'] }, path)?.key);
});

it('takes the longer of two keys', () => {
  expect(stepsTo({ ...more, ...few }, 'a.b.at')).toEqual({ steps: ['a.b', 'at'], value: 'a.b', rest: '' });
});

test('a key with many dots and brackets is a step', () => {
  const key = 'a.[b]'.repeat(1000);
  expect(stepsTo({ a: 1, data: { a: 2, [key]: { b: 3 } } }, `data[${key}].b`)).toEqual({
    steps: ['data', key, 'b'],
    value: 3,
    rest: '',
  });
});
