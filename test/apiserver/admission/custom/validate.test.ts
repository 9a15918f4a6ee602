import { integer, judged, list, object, paths, string } from './widgets';

/** What of `values` is refused by a schema. */
function refused(
  schema: Record<string, unknown>,
  values: readonly unknown[],
  kubernetes?: string,
): unknown[] {
  return values.filter((a) => paths({ a: schema }, { a }, kubernetes).length > 0);
}

describe('types', () => {
  it.each([
    ['string', [1, true, [], {}]],
    ['integer', ['1', 1.5, true, [], {}, 1e19]],
    ['number', ['1', true, [], {}]],
    ['boolean', ['true', 0, [], {}]],
    ['array', ['', {}, 1]],
    ['object', ['', [], 1]],
  ])('%s', (type, values) => {
    const schema = type === 'array' ? list(string) : { type };
    expect(refused(schema, values)).toEqual(values);
  });

  it('takes a whole number or a string for an int-or-string', () => {
    expect(refused({ 'x-kubernetes-int-or-string': true }, [1, '1', 1.5, true, []])).toEqual([1.5, true, []]);
  });

  it('takes a number for whole that is so but for an error of rounding, before 1.36', () => {
    expect(refused(integer, [3 + 1e-12], '1.35')).toEqual([]);
    expect(refused(integer, [3 + 1e-12], '1.36')).toEqual([3 + 1e-12]);
  });

  it('has to fit the format since 1.36', () => {
    const int32 = { type: 'integer', format: 'int32' };
    expect(refused(int32, [2 ** 31])).toEqual([2 ** 31]);
    expect(refused(int32, [2 ** 31], '1.35')).toEqual([]);
  });
});

describe('numbers', () => {
  it('are within bounds, which may be exclusive', () => {
    expect(refused({ type: 'integer', minimum: 1, maximum: 3 }, [0, 1, 3, 4])).toEqual([0, 4]);
    const exclusive = { exclusiveMinimum: true, exclusiveMaximum: true };
    expect(refused({ type: 'number', minimum: 1, maximum: 3, ...exclusive }, [1, 1.5, 3])).toEqual([1, 3]);
    expect(refused({ type: 'integer', multipleOf: 3 }, [0, 6, 7])).toEqual([7]);
    expect(refused({ type: 'number', multipleOf: 0.1 }, [0.3, 0.35])).toEqual([0.35]);
  });

  it('are compared with bounds cut to whole numbers where they are whole, as the server does', () => {
    expect(refused({ type: 'number', minimum: 2.5 }, [2, 2.4, 3])).toEqual([2.4]);
    expect(refused({ type: 'number', maximum: 2.5, exclusiveMaximum: true }, [1, 2, 2.4])).toEqual([2]);
  });
});

describe('strings', () => {
  it('are measured in characters', () => {
    expect(
      refused({ type: 'string', minLength: 2, maxLength: 3 }, ['a', 'ab', 'é', '😀😀😀', 'abcd']),
    ).toEqual(['a', 'é', 'abcd']);
  });

  it('match a pattern, as Go matches it', () => {
    expect(refused({ type: 'string', pattern: '^[a-z]+\\z' }, ['a', 'A', 'a\n'])).toEqual(['A', 'a\n']);
  });

  it('are of an enumeration', () => {
    expect(judged({ a: { type: 'string', enum: ['x', 'y'] } }, { a: 'z' })).toMatchObject([
      {
        rule: 'admission/not-supported',
        path: 'spec.a',
        message: 'Unsupported value: "z": supported values: "x", "y"',
      },
    ]);
    expect(refused({ type: 'object', enum: [{ a: 1, b: [2] }], properties: {} }, [{}])).toEqual([{}]);
  });

  it('are of the formats that the release knows, and of any other', () => {
    const format = (name: string): Record<string, unknown> => ({ type: 'string', format: name });
    expect(refused(format('date-time'), ['2020-01-01T00:00:00Z', '2020-01-01'])).toEqual(['2020-01-01']);
    expect(refused(format('k8s-short-name'), ['A'])).toEqual(['A']);
    expect(refused(format('k8s-short-name'), ['A'], '1.33')).toEqual([]);
    expect(refused(format('quantity'), ['A'])).toEqual([]);
  });
});

describe('lists and maps', () => {
  it('are as long as they may be', () => {
    expect(refused(list(string, { minItems: 1, maxItems: 2 }), [[], ['a'], ['a', 'b', 'c']])).toEqual([
      [],
      ['a', 'b', 'c'],
    ]);
    const map = { type: 'object', additionalProperties: string, minProperties: 1, maxProperties: 1 };
    expect(refused(map, [{}, { a: 'x' }, { a: 'x', b: 'y' }])).toEqual([{}, { a: 'x', b: 'y' }]);
  });

  it('name what is missing and what is wrong', () => {
    const item = object({ port: integer }, { required: ['port'] });
    const map = { type: 'object', additionalProperties: integer };
    expect(paths({ a: list(item), map }, { a: [{}, { port: 'x' }], map: { 'b.c/d': 'x' } })).toEqual([
      'spec.a[0].port',
      'spec.a[1].port',
      'spec.map.b.c/d',
    ]);
  });
});

describe('conditions', () => {
  const properties = { a: string, b: integer };
  const said = (condition: object, value: unknown): string[] =>
    paths({ c: object(properties, { ...condition }) }, { c: value });

  it('anyOf asks for one branch, and tells of the nearest', () => {
    const anyOf = [{ required: ['a'] }, { required: ['b'], properties: { b: { minimum: 3 } } }];
    expect(said({ anyOf }, { b: 3 })).toEqual([]);
    expect(said({ anyOf }, {})).toEqual(['spec.c', 'spec.c.a']);
    expect(said({ anyOf }, { b: 1 })).toEqual(['spec.c', 'spec.c.b']);
  });

  it('oneOf asks for no more than one', () => {
    const oneOf = [{ required: ['a'] }, { required: ['b'] }];
    expect(said({ oneOf }, { a: 'x' })).toEqual([]);
    expect(said({ oneOf }, { a: 'x', b: 1 })).toEqual(['spec.c']);
    expect(said({ oneOf }, {})).toEqual(['spec.c', 'spec.c.a']);
  });

  it('allOf asks for all, and not for the opposite', () => {
    expect(said({ allOf: [{ required: ['a'] }, { required: ['b'] }] }, { a: 'x' })).toEqual([
      'spec.c.b',
      'spec.c',
    ]);
    expect(said({ not: { required: ['a'] } }, { a: 'x' })).toEqual(['spec.c']);
    expect(said({ not: { required: ['a'] } }, { b: 1 })).toEqual([]);
  });
});
