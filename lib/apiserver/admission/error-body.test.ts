import { admit } from '../../check/admit';
import {
  errorBody,
  maxBytes,
  maxItems,
  noMatches,
  OMITTED,
  show,
  supportedValues,
  typeOf,
} from './error-body';

describe('the body of an error', () => {
  it.each([
    ['required', 'x', '', 'Required value'],
    ['required', 'x', 'at least one', 'Required value: at least one'],
    ['invalid', '3', 'must be even', 'Invalid value: "3": must be even'],
    ['invalid', 3, 'must be even', 'Invalid value: 3: must be even'],
    ['invalid', { a: [1] }, 'must be even', 'Invalid value: {"a":[1]}: must be even'],
    ['invalid', OMITTED, 'must be even', 'Invalid value: must be even'],
    ['wrong-type', '3', 'expected integer, got string', 'Invalid value: "3": expected integer, got string'],
    ['malformed', 'x', 'not base64', 'Invalid value: "x": not base64'],
    ['not-supported', 'x', supportedValues(['a', 'b']), 'Unsupported value: "x": supported values: "a", "b"'],
    ['duplicate', 'x', '', 'Duplicate value: "x"'],
    ['forbidden', 'x', 'not now', 'Forbidden: not now'],
    ['not-found', 'x', '', 'Not found: "x"'],
    ['too-long', 'x', maxBytes(63), 'Too long: may not be more than 63 bytes'],
    ['too-long', 'x', maxBytes(1), 'Too long: may not be more than 1 byte'],
    ['too-many', 3, maxItems(2), 'Too many: 3: must have at most 2 items'],
    ['too-many', 2, maxItems(1), 'Too many: 2: must have at most 1 item'],
  ] as const)('of %s is that of the API server', (reason, value, detail, body) => {
    expect(errorBody(reason, value, detail)).toBe(body);
  });

  it('cuts a long value to 60 characters', () => {
    expect(show('a'.repeat(58))).toBe(`"${'a'.repeat(58)}"`);
    expect(show('a'.repeat(59))).toBe(`"${'a'.repeat(56)}…`);
  });

  it('has a sample of a value that is large or contains itself', () => {
    const circle: Record<string, unknown> = { list: [1, 'b', null] };
    circle['again'] = circle;
    expect(show(circle)).toBe('{"list":[1,"b",null],"again":{"list":[1,"b",null],"again"…');
    expect(show([10n, undefined, { a: {} }, []])).toBe('[10,null,{"a":{}},[]]');
    expect(show(Array.from({ length: 1e6 }, () => 'x'))).toHaveLength(58);
  });

  it('names a kind that is not served as kubectl does', () => {
    expect(noMatches('extensions/v1beta1', 'Ingress')).toBe(
      'no matches for kind "Ingress" in version "extensions/v1beta1"',
    );
  });
});

it.each([
  [null, 'null'],
  [undefined, 'null'],
  [[1], 'array'],
  [1, 'integer'],
  [1.5, 'number'],
  [true, 'boolean'],
  [{}, 'object'],
])('the type of %j is %s', (value, type) => {
  expect(typeOf(value)).toBe(type);
});

describe('a message about a Secret', () => {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'login' } };
  const messages = (fields: object): string[] =>
    admit({ ...secret, ...fields }).map(({ path, message }) => `${path}: ${message}`);

  it.each([
    [
      'text that is not base64',
      { data: { password: 'hunter2!' } },
      'data.password: Invalid value: illegal base64 data at input byte 7',
    ],
    [
      'base64 without its padding',
      { data: { password: 'aHVudGVyMg' } },
      'data.password: Invalid value: illegal base64 data at input byte 10',
    ],
    [
      'base64 that goes on behind its padding',
      { data: { password: 'aHVu\nZA==aA==' } },
      'data.password: Invalid value: illegal base64 data at input byte 9',
    ],
    [
      'a number',
      { stringData: { pin: 4711 } },
      'stringData.pin: Invalid value: expected string, got integer',
    ],
    ['no map', { data: 'hunter2' }, 'data: Invalid value: expected object, got string'],
    [
      'a bad key',
      { stringData: { 'a b': 'hunter2' } },
      'data[a b]: Invalid value: "a b": a valid config key must consist of',
    ],
    [
      'no JSON',
      { type: 'kubernetes.io/dockerconfigjson', stringData: { '.dockerconfigjson': 'hunter2' } },
      'data[.dockerconfigjson]: Invalid value: must be a JSON object',
    ],
  ])('does not repeat its data: %s', (_, fields, message) => {
    expect(messages(fields)).toEqual([expect.stringContaining(message)]);
    expect(JSON.stringify(admit({ ...secret, ...fields }))).not.toMatch(/hunter2|aHVu|4711/);
  });

  it('names the type of a wrong value, and not the value', () => {
    expect(messages({ immutable: 'yes' })).toEqual([
      'immutable: Invalid value: expected boolean, got string',
    ]);
    expect(messages({ data: {}, type: 3 })).toEqual(['type: Invalid value: expected string, got integer']);
  });
});
