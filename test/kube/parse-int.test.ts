import { parseInt64 } from '../../lib/kube/parse-int';

describe('a whole number of 64 bits', () => {
  it.each<[string, bigint]>([
    ['0', 0n],
    ['-07', -7n],
    ['+12', 12n],
    ['9223372036854775807', 2n ** 63n - 1n],
    ['-9223372036854775808', -(2n ** 63n)],
  ])('is read from %j', (text, expected) => {
    expect(parseInt64(text)).toBe(expected);
  });

  it.each(['', '+', '1.0', '1e3', ' 1', '0x1', '9223372036854775808', '-9223372036854775809'])(
    'is not read from %j',
    (text) => {
      expect(parseInt64(text)).toBeUndefined();
    },
  );
});
