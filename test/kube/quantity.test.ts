import * as fc from 'fast-check';
import {
  addQuantities,
  canonical,
  compareQuantities,
  equalQuantities,
  milli,
  parseQuantity,
  quantityProblem,
  toNumber,
  whole,
} from '../../lib/kube/quantity';
import type { Quantity } from '../../lib/kube/quantity';

function quantity(text: string | number): Quantity {
  const parsed = parseQuantity(text);
  if (parsed === undefined) throw new Error(`${text} is no quantity`);
  return parsed;
}

// Text and canonical text as k8s.io/apimachinery v0.36 gives them.
test.each([
  ['0', '0'],
  ['-0', '0'],
  ['1', '1'],
  ['+1', '1'],
  ['007', '7'],
  ['1000', '1k'],
  ['1024', '1024'],
  ['250m', '250m'],
  ['0.25', '250m'],
  ['1.500', '1500m'],
  ['.5', '500m'],
  ['5.', '5'],
  ['1.5Gi', '1536Mi'],
  ['1024Ki', '1Mi'],
  ['1023Ki', '1023Ki'],
  ['0.5Ki', '512'],
  ['0.9765625Ki', '1k'],
  ['-0.9765625Ki', '-1k'],
  ['1Ki', '1Ki'],
  ['-1Ki', '-1Ki'],
  ['0.0005Ki', '512m'],
  ['-1Gi', '-1Gi'],
  ['100000k', '100M'],
  ['1E', '1E'],
  ['10E', '10E'],
  ['1e3', '1e3'],
  ['1E3', '1e3'],
  ['1e+3', '1e3'],
  ['1e-3', '1e-3'],
  ['1e4', '10e3'],
  ['1500e0', '1500'],
  ['1n', '1n'],
  ['0.1n', '1n'],
  ['-0.1n', '-1n'],
  ['1.0000000001', '1000000001n'],
  ['7Ei', '7Ei'],
  ['8Ei', '9223372036854775807'],
  ['-9Ei', '-9223372036854775807'],
  ['12345678901234567890123', '12345678901234567890123'],
  // Go takes these for zero.
  ['-', '0'],
  ['.', '0'],
  ['m', '0'],
  ['Ki', '0'],
  ['.Ti', '0'],
  ['e-9', '0'],
  // The JSON decoder of a Quantity takes spaces around it.
  [' 1 ', '1'],
])('%p is canonically %p', (text, expected) => {
  expect(canonical(quantity(text))).toBe(expected);
});

test.each([
  '',
  ' ',
  'a',
  '1K',
  '1ki',
  '1Kb',
  '1mi',
  '1 Gi',
  '1,5',
  '1_000',
  '0x10',
  '1.2.3',
  '--1',
  '1-',
  '1e',
  '1e1.5',
  '5nn',
  'Pi',
  'e-10',
  '½',
  '१',
  'NaN',
  'Infinity',
  '1\n',
])('%p is no quantity', (text) => {
  expect(parseQuantity(text)).toBeUndefined();
  expect(quantityProblem(text)).toMatch(/^must be a quantity/);
});

test('a number is read as JSON would write it', () => {
  expect(canonical(quantity(2))).toBe('2');
  expect(canonical(quantity(0.1))).toBe('100m');
  expect(canonical(quantity(1e21))).toBe('1e21');
  expect(canonical(quantity(1e-7))).toBe('100e-9');
  expect(parseQuantity(NaN)).toBeUndefined();
  expect(parseQuantity(Infinity)).toBeUndefined();
});

test('an exponent that would fill the memory is refused at once', () => {
  expect(parseQuantity('1e1000000000')).toBeUndefined();
  expect(parseQuantity('1e-1000000000')).toBeUndefined();
  expect(parseQuantity('1e10000')).toBeUndefined();
  expect(canonical(quantity('1e9999'))).toBe('1e9999');
});

test('beyond the last suffix the amount is kept', () => {
  expect(canonical(quantity('1000E'))).toBe('1000E');
  expect(canonical(quantity('1e21'))).toBe('1e21');
});

test('the format follows the suffix, except for binary fractions of one', () => {
  expect(quantity('1k').format).toBe('DecimalSI');
  expect(quantity('1e3').format).toBe('DecimalExponent');
  for (const text of ['0Ki', '1Ki', '-0.5Ki', '0.0009765625Ki'])
    expect([text, quantity(text).format]).toEqual([text, 'BinarySI']);
  for (const text of ['0.0005Ki', '-0.0005Ki', '0.0000000000001Ki'])
    expect([text, quantity(text).format]).toEqual([text, 'DecimalSI']);
});

test('one amount in several spellings is equal', () => {
  for (const [one, other] of [
    ['1', '1000m'],
    ['1Gi', '1073741824'],
    ['0.5', '500m'],
    ['1e3', '1k'],
    ['0', '0Gi'],
  ] as const) {
    expect([one, equalQuantities(quantity(one), quantity(other))]).toEqual([one, true]);
    expect([one, compareQuantities(quantity(one), quantity(other))]).toEqual([one, 0]);
  }
});

test('amounts are ordered by size, not by text', () => {
  const texts = [
    '-1Ki',
    '-1',
    '0',
    '1n',
    '999m',
    '1',
    '1.001',
    '9k',
    '10k',
    '10Ki',
    '1M',
    '1Mi',
    '1G',
    '1Gi',
    '1e12',
    '1Ti',
    '1E',
    '7Ei',
    '8Ei',
    '1e30',
  ];
  const sorted = [...texts].reverse().sort((a, b) => compareQuantities(quantity(a), quantity(b)));
  expect(sorted).toEqual(texts);
});

test('a sum keeps the format of what is added to, unless that is zero', () => {
  expect(canonical(addQuantities(quantity('1Gi'), quantity('512Mi')))).toBe('1536Mi');
  expect(canonical(addQuantities(quantity('100m'), quantity('0.9')))).toBe('1');
  expect(canonical(addQuantities(quantity('0'), quantity('1Mi')))).toBe('1Mi');
  expect(canonical(addQuantities(quantity('1k'), quantity('24')))).toBe('1024');
});

test('in thousandths and whole units, an amount is rounded up', () => {
  expect(milli(quantity('250m'))).toBe(250n);
  expect(milli(quantity('1u'))).toBe(1n);
  expect(whole(quantity('1.5Gi'))).toBe(1610612736n);
  expect(whole(quantity('1m'))).toBe(1n);
  expect(whole(quantity('-1.5'))).toBe(-2n);
});

test('as a number it is the nearest double', () => {
  expect(toNumber(quantity('0.1'))).toBe(0.1);
  expect(toNumber(quantity('1.5Gi'))).toBe(1610612736);
  expect(toNumber(quantity('-250m'))).toBe(-0.25);
});

describe('whatever the quantity', () => {
  const suffix = fc.constantFrom(
    '',
    'n',
    'u',
    'm',
    'k',
    'M',
    'G',
    'T',
    'P',
    'E',
    'Ki',
    'Mi',
    'Gi',
    'Ti',
    'Pi',
    'Ei',
    'e3',
    'E-5',
    'e20',
  );
  const number = fc.tuple(
    fc.constantFrom('', '-', '+'),
    fc.bigInt({ min: 0n, max: 10n ** 20n }),
    fc.constantFrom('', '.5', '.000000001', '.125'),
  );
  const any = fc
    .tuple(number, suffix)
    .map(([[sign, digits, fraction], unit]) => quantity(`${sign}${digits}${fraction}${unit}`));

  test('its canonical text is the same amount, and canonical', () => {
    fc.assert(
      fc.property(any, (one) => {
        const text = canonical(one);
        expect(quantity(text).nanos).toBe(one.nanos);
        expect(canonical(quantity(text))).toBe(text);
      }),
    );
  });

  test('the order is total', () => {
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        expect(compareQuantities(a, b) + compareQuantities(b, a)).toBe(0);
        expect(compareQuantities(a, a)).toBe(0);
        const [low, middle, high] = [a, b, c].sort(compareQuantities) as [Quantity, Quantity, Quantity];
        expect(
          compareQuantities(low, middle) <= 0 &&
            compareQuantities(middle, high) <= 0 &&
            compareQuantities(low, high) <= 0,
        ).toBe(true);
      }),
    );
  });

  test('sums do not depend on the order', () => {
    fc.assert(
      fc.property(any, any, (a, b) => expect(addQuantities(a, b).nanos).toBe(addQuantities(b, a).nanos)),
    );
  });

  test('any text is read or refused, never a crash', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[-+.0-9eEinumkKMGTP]{0,12}$/));
    fc.assert(
      fc.property(text, (some) =>
        expect(parseQuantity(some) === undefined).toBe(quantityProblem(some) !== undefined),
      ),
    );
  });
});
