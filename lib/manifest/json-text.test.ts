import * as fc from 'fast-check';
import { jsonText, readJsonText } from './json-text';

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
