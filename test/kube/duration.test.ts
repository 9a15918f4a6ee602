import * as fc from 'fast-check';
import { parseDuration } from '../../lib/kube/duration';

test.each([
  ['0', 0],
  ['30s', 30],
  ['1h30m', 5400],
  ['300ms', 0.3],
  ['1.5h', 5400],
  ['.5s', 0.5],
  ['1.s', 1],
  ['-1m', -60],
  ['+1m', 60],
  ['1us1µs1μs1000ns', 0.000004],
  ['10m1h', 4200],
])('%p is %p seconds', (text, seconds) => {
  expect(parseDuration(text)).toBeCloseTo(seconds, 12);
});

test.each(['', '-', '1', '1d', 's', '.s', '1h 30m', '1H', '--1s', '1h30', '1,5h', '2562048h'])(
  '%p is no duration',
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);

test('terms add up', () => {
  const amount = fc.integer({ min: 0, max: 1000 });
  fc.assert(
    fc.property(amount, amount, amount, (h, m, s) => {
      expect(parseDuration(`${h}h${m}m${s}s`)).toBe(h * 3600 + m * 60 + s);
    }),
  );
});
