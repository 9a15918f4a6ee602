import { withinTime } from './time-limit';

const LONG = 600_000;

it('returns what is returned in time, and throws what is thrown', () => {
  expect(withinTime(LONG, () => [1, 2])).toEqual({ value: [1, 2] });
  expect(withinTime(LONG, () => undefined)).toEqual({ value: undefined });
  const thrown = new TypeError('a bug');
  expect(() =>
    withinTime(LONG, () => {
      throw thrown;
    }),
  ).toThrow(thrown);
});

it.each<[string, () => unknown]>([
  [
    'a loop',
    () => {
      for (;;);
    },
  ],
  [
    'a loop that catches everything',
    () => {
      for (;;)
        try {
          for (;;);
        } catch {
          continue;
        }
    },
  ],
  ['a regular expression that goes through all alternatives', () => /^(a+)+$/.test(`${'a'.repeat(60)}b`)],
])('stops %s, and goes on with what comes then', (_, work) => {
  expect(withinTime(20, work)).toBeUndefined();
  expect(withinTime(LONG, () => 'next')).toEqual({ value: 'next' });
});
