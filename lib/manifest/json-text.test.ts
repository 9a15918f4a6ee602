import * as fc from 'fast-check';
import { jsonBound, jsonText, readJsonText } from './json-text';

it('writes what JSON.stringify writes, where that is exact', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(0, 2), (value, indent) => {
      const exact = { value, big: '1234567890123456' };
      expect(JSON.parse(jsonText(exact, indent))).toEqual(JSON.parse(JSON.stringify(exact)));
      expect(jsonText(value, indent)).toBe(JSON.stringify(value, undefined, indent));
    }),
    { seed: 1, examples: [[[[], {}, [1, { a: undefined, b: [null] }] as never], 2]] },
  );
});

it('writes all digits of integers', () => {
  expect(jsonText({ a: 9223372036854775807n, b: [2 ** 60, -9007199254740993n], c: 1n })).toBe(
    '{"a":9223372036854775807,"b":[1152921504606846976,-9007199254740993],"c":1}',
  );
  expect(jsonText({ a: { b: 9007199254740993n }, c: undefined }, 2)).toBe(
    '{\n  "a": {\n    "b": 9007199254740993\n  }\n}',
  );
  expect(jsonText(undefined)).toBe('null');
  expect(jsonText({ a: 1e300, b: 1.5, c: '1234567890123456' })).toBe(
    '{"a":1e+300,"b":1.5,"c":"1234567890123456"}',
  );
});

it('is read back as it was', () => {
  const value = { a: 9223372036854775807n, b: [2 ** 60, '9007199254740993'] };
  expect(readJsonText(jsonText(value))).toEqual(value);
  expect(readJsonText('{"a": 1}')).toEqual({ a: 1 });
  expect(() => readJsonText('{"a": 9007199254740993')).toThrow('unexpected end of JSON input');
});

it('never takes more than its bound', () => {
  const scalar = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('\u001f', '"', '\ud800', 1e300, -5e-324, 2 ** 69, undefined, true),
    fc.bigInt(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof({ maxDepth: 4 }, scalar, fc.array(tie('tree')), fc.dictionary(fc.string(), tie('tree'))),
  }));
  fc.assert(
    fc.property(tree, (value) => {
      expect(jsonText(value).length).toBeLessThanOrEqual(jsonBound(value, Number.POSITIVE_INFINITY));
    }),
    { seed: 1, examples: [[['\u0001'.repeat(99)]], [{ a: [] }], [[-1.2345678901234567e-308]]] },
  );
});

it('counts no more than enough, and no object that says itself what it is', () => {
  expect(jsonBound(['x'.repeat(100), 'y'.repeat(100)], 200)).toBeLessThan(1000);
  expect(jsonBound({ a: new Date(0) }, 10_000)).toBe(Number.POSITIVE_INFINITY);
});
