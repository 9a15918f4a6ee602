import { admit } from '../../../../lib/check/admit';
import {
  definition,
  definitionOf,
  integer,
  judged,
  list,
  object,
  string,
  widget,
  type Plain,
} from './widgets';

/** What is said of a value by its schema: paths below `spec.a`, and messages. */
function said(schema: Plain, a: unknown, kubernetes?: string): string[] {
  return judged({ a: schema }, { a }, kubernetes).map(
    ({ path, message }) => `${path.replace(/^spec\.a/, '')}: ${message}`,
  );
}

const number = { type: 'number' };
const free = { 'x-kubernetes-preserve-unknown-fields': true };

it.each<[Plain, unknown, string]>([
  [{ ...integer, minimum: 3 }, 2, 'Invalid value: 2: must be greater than or equal to 3'],
  [{ ...integer, maximum: 3 }, 4, 'Invalid value: 4: must be less than or equal to 3'],
  [{ ...integer, minimum: 3, exclusiveMinimum: true }, 3, 'Invalid value: 3: must be greater than 3'],
  [{ ...integer, maximum: 3, exclusiveMaximum: true }, 3, 'Invalid value: 3: must be less than 3'],
  [{ ...integer, multipleOf: 2 }, 3, 'Invalid value: 3: must be a multiple of 2'],
  [{ ...integer, format: 'int32' }, 2 ** 31, 'Invalid value: 2147483648: does not fit int32'],
  [
    { ...integer, format: 'int32', maximum: 2 ** 31 },
    1,
    "Invalid value: 1: can have no valid value: the schema's maximum 2147483648 does not fit int32",
  ],
  [
    { ...integer, minimum: 1.5 },
    2,
    "Invalid value: 2: can have no valid value: the schema's minimum 1.5 does not fit int64",
  ],
  [{ ...string, minLength: 2 }, 'a', 'Invalid value: "a": must be at least 2 characters long'],
  [{ ...string, pattern: '^a$' }, 'b', 'Invalid value: "b": must match the pattern ^a$'],
  [{ ...string, format: 'date' }, 'b', 'Invalid value: "b": must be of type string with the format date'],
  [list(string, { minItems: 1 }), [], 'Invalid value: []: must have at least 1 items'],
  [object({}, { minProperties: 1 }), {}, 'Invalid value: {}: must have at least 1 properties'],
  [
    { type: 'object', additionalProperties: string, maxProperties: 0 },
    { b: 'c' },
    'Too many: 1: must have at most 0 items',
  ],
  [{ ...integer, enum: [1, 2] }, 3, 'Unsupported value: 3: supported values: "1", "2"'],
  [
    { 'x-kubernetes-int-or-string': true },
    true,
    'Invalid value: true: expected integer or string, got boolean',
  ],
  [string, 1, 'Invalid value: 1: expected string, got integer'],
  [
    object({}, { ...free, not: { required: ['b'] } }),
    { b: 1 },
    'Invalid value: {"b":1}: must not match the schema under not',
  ],
])('by %j, %j is refused', (schema, value, message) => {
  expect(said(schema, value)).toContain(`: ${message}`);
});

describe('a number', () => {
  it.each([
    [2 ** 31 - 1, 'int32', true],
    [2 ** 31, 'int32', false],
    [-(2 ** 31), 'int32', true],
    [-(2 ** 31) - 1, 'int32', false],
    [2 ** 31, 'int64', true],
    [2 ** 63 - 1024, 'int64', true],
    [-(2 ** 63), 'int64', true],
  ])('%d fits %s: %s', (value, format, fits) => {
    expect(said({ ...integer, format }, value)).toHaveLength(fits ? 0 : 1);
  });

  it('is no integer beyond 64 bits', () => {
    expect(said(integer, 2 ** 63)).not.toEqual([]);
    expect(said(integer, -(2 ** 63) - 2048)).not.toEqual([]);
  });

  it('fits a float of 32 bits, or one of 64', () => {
    expect(said({ ...number, format: 'float' }, 3.4e38)).toEqual([]);
    expect(said({ ...number, format: 'float' }, 1.5)).toEqual([]);
    expect(said({ ...number, format: 'float' }, 3.5e38)).toHaveLength(1);
    expect(said({ ...number, format: 'float' }, -3.5e38)).toHaveLength(1);
    expect(said({ ...number, format: 'double' }, 3.5e38)).toEqual([]);
  });

  it('has a format of its own type alone', () => {
    for (const format of ['int32', 'date']) expect(said({ ...number, format }, 2 ** 31)).toEqual([]);
    expect(said({ ...integer, format: 'float' }, 2 ** 31)).toEqual([]);
    expect(said({ ...string, format: 'int32' }, 'x')).toEqual([]);
  });

  it('is a multiple of a fraction but for an error of rounding', () => {
    expect(said({ ...number, multipleOf: 0.1 }, 0.7)).toEqual([]);
    expect(said({ ...number, multipleOf: 2.5 }, 7.5)).toEqual([]);
    expect(said({ ...number, multipleOf: 2.5 }, 7)).toHaveLength(1);
    expect(said({ ...number, multipleOf: 0.5 }, 1.25)).toHaveLength(1);
  });
});

describe('an enumeration', () => {
  it('of whole numbers takes a fraction for the number before it', () => {
    expect(said({ ...number, enum: [1, 2] }, 1.5)).toEqual([]);
    expect(said({ ...number, enum: [1.5] }, 1.5)).toEqual([]);
    expect(said({ ...number, enum: [1.5] }, 1)).toHaveLength(1);
    expect(said({ ...number, enum: [1, 2] }, 3.5)).toHaveLength(1);
  });

  it('that is empty takes anything', () => {
    expect(said({ ...string, enum: [] }, 'x')).toEqual([]);
    expect(said({ ...string, nullable: true, enum: [] }, null)).toEqual([]);
  });

  it('takes one of its values', () => {
    expect(said({ ...string, enum: ['a', 'b'] }, 'b')).toEqual([]);
    expect(said(object({ b: integer }, { enum: [{ b: 1 }] }), { b: 1 })).toEqual([]);
  });
});

describe('a list or a string', () => {
  it('may be of the length that is its limit', () => {
    expect(said({ ...string, minLength: 1, maxLength: 1 }, 'a')).toEqual([]);
    expect(said({ ...string, maxLength: 1 }, 'ab')).toEqual([': Too long: may not be more than 1 byte']);
    expect(said({ ...string, minLength: 0 }, '')).toEqual([]);
    expect(said(list(string, { minItems: 1, maxItems: 1 }), ['a'])).toEqual([]);
    expect(said(list(string, { maxItems: 1 }), ['a', 'b'])).toEqual([
      ': Too many: 2: must have at most 1 item',
    ]);
    const map = { type: 'object', additionalProperties: string };
    expect(said({ ...map, minProperties: 1, maxProperties: 1 }, { b: 'c' })).toEqual([]);
  });

  it('with a format passes as a list, as on the server', () => {
    expect(said({ ...string, format: 'date' }, ['2024-01-01'])).toEqual([]);
    expect(said(string, ['2024-01-01'])).toHaveLength(1);
  });
});

describe('of several branches', () => {
  const branch = (name: string, more: Plain = {}): Plain => ({ required: [name], ...more });
  const conditions = (more: Plain): Plain => object({ b: integer, c: string, d: string }, more);

  it('the one that came nearest has its say, the first of equals', () => {
    const anyOf = [branch('b'), branch('c')];
    expect(said(conditions({ anyOf }), { d: 'x' })).toEqual([
      ': Invalid value: {"d":"x"}: must match at least one of the schemas under anyOf',
      '.b: Required value',
    ]);
    const nearer = [branch('b'), { properties: { d: { ...string, minLength: 3 } } }];
    expect(said(conditions({ anyOf: nearer }), { d: 'x' })).toEqual([
      ': Invalid value: {"d":"x"}: must match at least one of the schemas under anyOf',
      '.d: Invalid value: "x": must be at least 3 characters long',
    ]);
    expect(said(conditions({ oneOf: [...nearer].reverse() }), { d: 'x' })).toEqual([
      ': Invalid value: {"d":"x"}: must match exactly one of the schemas under oneOf, and matches none',
      '.d: Invalid value: "x": must be at least 3 characters long',
    ]);
  });

  it('oneOf says how many take the value', () => {
    const oneOf = [branch('b'), branch('c'), branch('d')];
    expect(said(conditions({ oneOf }), { c: 'x', d: 'y' })).toEqual([
      ': Invalid value: {"c":"x","d":"y"}: must match exactly one of the schemas under oneOf, and matches 2 of them',
    ]);
  });

  it('allOf says so after what it asks for, and nothing where all hold', () => {
    const allOf = [branch('b'), branch('c')];
    expect(said(conditions({ allOf }), { b: 1 })).toEqual([
      '.c: Required value',
      ': Invalid value: {"b":1}: must match all of the schemas under allOf',
    ]);
    expect(said(conditions({ allOf }), { b: 1, c: 'x' })).toEqual([]);
  });
});

describe('the scale of a resource', () => {
  const schema = {
    openAPIV3Schema: object({ spec: { type: 'object', ...free }, status: { type: 'object', ...free } }),
  };
  const scaled = (spec: unknown, status?: unknown, scale: Plain = {}): string[] => {
    const paths = { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas', ...scale };
    const version = { name: 'v1', served: true, storage: true, schema, subresources: { scale: paths } };
    const given = widget(spec, status === undefined ? {} : { status });
    return admit(given, { crds: [definitionOf([version])] }).map(
      ({ path, message }) => `${path}: ${message}`,
    );
  };

  it('is a whole number of 32 bits, desired and observed', () => {
    expect(scaled({ replicas: 2 ** 31 - 1 }, { replicas: 0 })).toEqual([]);
    expect(scaled({ replicas: 'x' })).toEqual(['.spec.replicas: Invalid value: "x": must be an integer']);
    expect(scaled({}, { replicas: -1 })).toEqual([
      expect.stringMatching(/^\.status\.replicas: Invalid value: -1: /),
    ]);
  });

  it('is not looked for below a null, and is wrong below what is no object', () => {
    const deep = { specReplicasPath: '.spec.size.replicas' };
    expect(scaled({ size: null }, undefined, deep)).toEqual([]);
    expect(scaled({}, undefined, deep)).toEqual([]);
    expect(scaled({ size: 'big' }, undefined, deep)).toEqual([
      expect.stringMatching(/^\.spec\.size\.replicas: .*must be an integer/),
    ]);
  });

  it('may have a selector, which is text', () => {
    const selector = { labelSelectorPath: '.status.selector' };
    expect(scaled({}, { selector: 'a=b' }, selector)).toEqual([]);
    expect(scaled({}, {}, selector)).toEqual([]);
    expect(scaled({}, { selector: 7 }, selector)).toEqual([
      expect.stringMatching(/^\.status\.selector: .*must be a string/),
    ]);
    expect(scaled({}, { selector: 7 })).toEqual([]);
  });
});

describe('an embedded resource', () => {
  const embedded = { type: 'object', 'x-kubernetes-embedded-resource': true, ...free };
  const pod = (more: object): object => ({ apiVersion: 'v1', kind: 'Pod', ...more });

  it.each([
    ['v1', true],
    ['apps/v1', true],
    ['apps/', true],
    ['/v1', true],
    ['a/b/c', false],
    ['/a/b', false],
    ['', false],
  ])('has an apiVersion like %j: %s', (apiVersion, isFine) => {
    const expected = isFine
      ? []
      : [`.apiVersion: Invalid value: "${apiVersion}": must be a group and a version`];
    expect(said(embedded, pod({ apiVersion }))).toEqual(expected);
  });

  it('has a kind that is a name, in any case', () => {
    expect(said(embedded, pod({ kind: '' }))).toEqual(['.kind: Invalid value: "": must not be empty']);
    expect(said(embedded, pod({ kind: 'pOD' }))).toEqual([]);
    expect(said(embedded, pod({ kind: '1Pod' }))).toHaveLength(1);
    expect(said(embedded, pod({ kind: 7 }))).toEqual([expect.stringMatching(/^\.kind: .*expected string/)]);
  });

  it.each([
    [undefined, []],
    [{}, []],
    [{ name: '' }, []],
    [{ name: 'a', generateName: 'a-', namespace: 'b' }, []],
    [{ name: 'a/b' }, ['.metadata.name']],
    [{ generateName: 'a/' }, ['.metadata.generateName']],
    [{ namespace: 'A' }, ['.metadata.namespace']],
    [{ annotations: { 'a b': 'c' } }, ['.metadata.annotations']],
    [null, []],
  ])('has metadata as any object: %j', (metadata, expected) => {
    expect(said(embedded, pod({ metadata })).map((text) => text.replace(/:.*/, ''))).toEqual(expected);
  });

  it('is looked for below maps and lists', () => {
    expect(said({ type: 'object', additionalProperties: embedded }, { 'x.y': {} })).toEqual([
      '[x.y].apiVersion: Required value',
      '[x.y].kind: Required value',
    ]);
    expect(said(list(embedded), [{}])).toEqual([
      '[0].apiVersion: Required value',
      '[0].kind: Required value',
    ]);
  });
});

describe('a list that is a map', () => {
  const byName = { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] };
  const items = object({ name: string, size: integer });

  it('tells a missing key from one that is there', () => {
    expect(said(list(items, byName), [{}, { name: '' }])).toEqual([]);
    expect(said(list(items, byName), [{ size: 1 }, { size: 2 }])).toEqual([
      expect.stringMatching(/^\[1\]: Duplicate value/),
    ]);
  });

  it('holds objects', () => {
    expect(said(list({ ...free, nullable: true }, byName), [{ name: 'a' }, 7])).toEqual([
      expect.stringContaining('[1]: Invalid value: 7: must be an object: the list is a map'),
    ]);
  });

  it('says once of each value that it comes again', () => {
    const set = list(integer, { 'x-kubernetes-list-type': 'set' });
    expect(said(set, [1, 2, 1, 2, 1])).toEqual(['[2]: Duplicate value: 1', '[3]: Duplicate value: 2']);
  });
});

describe('definitions', () => {
  it('the first of a kind counts', () => {
    const crds = [definition(object({ a: string })), definition(object({ b: string }))];
    expect(admit(widget({ a: 'x' }), { crds })).toEqual([]);
    expect(admit(widget({ b: 'x' }), { crds })).toHaveLength(1);
  });

  it('that serve no version say so', () => {
    const schema = { openAPIV3Schema: { type: 'object', ...free } };
    const crds = [definitionOf([{ name: 'v1', served: false, storage: true, schema }])];
    expect(admit(widget({}), { crds })).toMatchObject([
      {
        path: 'apiVersion',
        hint: 'Its CustomResourceDefinition serves no version.',
        message: expect.stringContaining(
          'no matches for kind "Widget" in version "example.com/v1"',
        ) as string,
      },
    ]);
  });

  it('of a group belong to resources of that group', () => {
    const other = { ...widget({ b: 1 }), apiVersion: 'example.org/v1' };
    expect(admit(other, { crds: [definition(object({ a: string }))] })).toEqual([]);
  });
});

describe('rules', () => {
  const rule = (more: object): Plain => ({ 'x-kubernetes-validations': [{ rule: 'false', ...more }] });

  it.each([
    ['FieldValueDuplicate', 'admission/duplicate'],
    ['FieldValueForbidden', 'admission/forbidden'],
    ['FieldValueRequired', 'admission/required'],
    ['FieldValueInvalid', 'admission/invalid'],
    ['constructor', 'admission/invalid'],
    [undefined, 'admission/invalid'],
  ])('with the reason %s are %s', (reason, expected) => {
    const found = judged(
      { a: { ...string, ...rule({ message: 'no', ...(reason && { reason }) }) } },
      { a: 'x' },
    );
    expect(found.map(({ rule: name, path }) => [name, path])).toEqual([[expected, 'spec.a']]);
  });

  it.each<[string, Plain, unknown, number]>([
    ['an unsupported value', { ...string, enum: ['a'] }, 'b', 1],
    ['a missing field', object({}, { required: ['b'] }), {}, 1],
    ['text that is too long', { ...string, maxLength: 1 }, 'ab', 1],
    ['a list that is too long', list(string, { maxItems: 0 }), ['a'], 1],
    ['a wrong type', string, 1, 1],
    ['another fault', { ...string, minLength: 2 }, 'a', 2],
  ])('after %s', (_, schema, a, count) => {
    expect(judged({ a: schema, b: { ...integer, ...rule({}) } }, { a, b: 1 })).toHaveLength(count);
  });
});

describe('an object that cannot be read', () => {
  const unreadable = Object.defineProperty({ apiVersion: 'apiextensions.k8s.io/v1' }, 'kind', {
    get: () => {
      throw new Error('from outside');
    },
  });

  it('among the definitions is named', () => {
    const judge = (): unknown => admit(widget({ a: 'x' }), { crds: [{}, unreadable] });
    expect(judge).toThrow(/^crds\[1\]: cannot be read: from outside \[RENDER_FAILED\]/);
  });

  it('has a finding, whatever it throws', () => {
    const odd = {
      get apiVersion(): never {
        throw Object.create(null);
      },
    };
    expect(admit(odd)).toMatchObject([
      { rule: 'admission/malformed', message: expect.stringContaining('cannot be read') as string },
    ]);
  });
});

test('a duration of many digits and no unit is refused, and read once', () => {
  const start = process.cpuUsage();
  expect(judged({ a: { type: 'string', format: 'duration' } }, { a: '1'.repeat(100_000) })).toHaveLength(1);
  expect(process.cpuUsage(start).user).toBeLessThan(1_000_000);
});
