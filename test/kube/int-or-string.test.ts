import * as fc from 'fast-check';
import {
  intOrPercentProblem,
  parseIntOrPercent,
  portReferenceProblem,
  scaled,
} from '../../lib/kube/int-or-string';

test('a number stands for itself and text for a percentage', () => {
  expect(parseIntOrPercent(3)).toEqual({ value: 3, percent: false });
  expect(parseIntOrPercent('25%')).toEqual({ value: 25, percent: true });
  expect(parseIntOrPercent('150%')).toEqual({ value: 150, percent: true });
  for (const value of [0, 2 ** 31 - 1, '0%'])
    expect([value, intOrPercentProblem(value)]).toEqual([value, undefined]);
});

test.each([-1, 1.5, NaN, 2 ** 31, '', '%', '3', '-5%', '2.5%', '25 %', 'a%', '25%%'])(
  '%p is neither',
  (value) => {
    expect(parseIntOrPercent(value)).toBeUndefined();
    expect(intOrPercentProblem(value)).toMatch(/^must be/);
    expect(scaled(value, 10, true)).toBeUndefined();
  },
);

test('digits in quotes are told both ways out', () => {
  expect(intOrPercentProblem('3')).toBe('must be the number 3 or the percentage "3%", not text');
});

test('a percentage is taken of the total, rounded as asked', () => {
  expect(scaled('25%', 10, true)).toBe(3);
  expect(scaled(`${'9'.repeat(400)}%`, 10, true)).toBeUndefined();
  expect(scaled('25%', 10, false)).toBe(2);
  expect(scaled('25%', 8, true)).toBe(2);
  expect(scaled('0%', 10, true)).toBe(0);
  expect(scaled('200%', 3, false)).toBe(6);
  expect(scaled(4, 10, false)).toBe(4);
});

test('rounding up gives at most one more than rounding down', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.nat(100_000), (percent, total) => {
      const difference =
        (scaled(`${percent}%`, total, true) ?? NaN) - (scaled(`${percent}%`, total, false) ?? NaN);
      expect(difference).toBe((percent * total) % 100 === 0 ? 0 : 1);
    }),
  );
});

test('a port is referred to by number or by name', () => {
  expect(portReferenceProblem(8080)).toBeUndefined();
  expect(portReferenceProblem('http')).toBeUndefined();
  expect(portReferenceProblem(0)).toMatch(/between 1 and 65535/);
  expect(portReferenceProblem('8080')).toMatch(/at least one letter/);
});
