import { equal } from './equal';

const own = (key: string, value: unknown): unknown =>
  JSON.parse(`{"${key}":${JSON.stringify(value)}}`) as unknown;

test.each(['constructor', 'toString', '__proto__'])('a key called %s is a key like any other', (key) => {
  for (const value of ['x', {}, null]) {
    const record = own(key, value);
    expect(equal(record, {})).toBe(false);
    expect(equal({}, record)).toBe(false);
    expect(equal(record, own(key, value))).toBe(true);
  }
});

test('undefined counts as absent', () => {
  expect(equal({ a: undefined }, {})).toBe(true);
  expect(equal({}, { a: undefined })).toBe(true);
});
