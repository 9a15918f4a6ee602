import { resolve, resolveKey } from '../../../lib/manifest/yaml/resolve';

describe('a bare scalar', () => {
  it.each<[string, unknown]>([
    ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(
      (text): [string, unknown] => [text, true],
    ),
    ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
      (text): [string, unknown] => [text, false],
    ),
    ...['', '~', 'null', 'Null', 'NULL'].map((text): [string, unknown] => [text, null]),
    ...['yEs', 'tRUE', 'nULL', 'yess', '=', '<<', 'e5', 'inf', '.Infinity', '+', '.'].map(
      (text): [string, unknown] => [text, text],
    ),
    ...['12:30:45', '1:30', '2024-01-01', '2024-01-01T00:00:00Z', '1.2.3', '1e', '0x', '0b2', '1e309'].map(
      (text): [string, unknown] => [text, text],
    ),
    ['0', 0],
    ['-0', 0],
    ['-12', -12],
    ['+12', 12],
    ['1_000', 1000],
    ['1__0_', 10],
    ['0644', 420],
    ['0o14', 12],
    ['-0O7', -7],
    ['08', 8],
    ['0x1F', 31],
    ['-0X1f', -31],
    ['0b11', 3],
    ['0B11', 3],
    ['0b-11', -3],
    ['0_x1F', 31],
    ['1.', 1],
    ['.5', 0.5],
    ['.5_0', 0.5],
    ['-1.5e3', -1500],
    ['1e3', 1000],
    ['1e-400', 0],
    ['.inf', Infinity],
    ['-.INF', -Infinity],
    ['.NaN', NaN],
    ['9007199254740992', 2 ** 53],
    ['9007199254740993', 9007199254740993n],
    ['9223372036854775807', 9223372036854775807n],
    ['-9223372036854775808', -(2 ** 63)],
    ['9223372036854775809', 2 ** 63],
    ['18446744073709551615', 2 ** 64],
    ['99999999999999999999', 1e20],
  ])('%j means %p', (text, value) => {
    expect(resolve(text)).toBe(value);
  });

  it('takes time in proportion to its length', () => {
    for (const text of [
      '1'.repeat(1_000_000),
      '1_'.repeat(500_000),
      '12:'.repeat(300_000),
      `${'1'.repeat(500_000)}x`,
    ]) {
      expect(typeof resolve(text)).not.toBe('boolean');
    }
  });
});

describe('a bare key', () => {
  it.each([
    ['a', 'a'],
    ['yes', 'true'],
    ['n', 'false'],
    ['0x1F', '31'],
    ['1_000', '1000'],
    ['-0', '0'],
    ['1152921504606846976', '1152921504606846976'],
    ['9007199254740993', '9007199254740993'],
    ['1.50', '1.5'],
    ['0.1', '0.1'],
    ['1e3', '1000'],
    ['1e6', '1e+06'],
    ['123456.7', '123456.7'],
    ['0.0001', '0.0001'],
    ['0.00001', '1e-05'],
    ['-1.5e-10', '-1.5e-10'],
    ['-0.0', '-0'],
    ['1e300', '.inf'],
    ['.nan', '.nan'],
  ])('%s is the string %j', (text, key) => {
    expect(resolveKey(text)).toBe(key);
  });

  it.each(['', '~', 'null', '18446744073709551615'])('%j is none', (text) => {
    expect(resolveKey(text)).toBeUndefined();
  });
});
