import {
  Program,
  compileRulesOf,
  declare,
  environment,
  escapeName,
  mostBelow,
  mostValues,
  readFieldPath,
  RuleSet,
  compile,
  worstCost,
} from '../../lib/cel';
import type { Declaration } from '../../lib/cel';
import { describeType } from '../../lib/cel/check/type';
import { structsOf } from '../../lib/cel/schema/declaration';
import { releases } from '../../lib/kube/schema';
import type { KubernetesRelease } from '../../lib/kube/schema';

type Schema = Readonly<Record<string, unknown>>;

const REQUEST = 3 * 1024 * 1024;
const STRING = { type: 'string' };
const INTEGER = { type: 'integer' };

function declared(schema: Schema, isResource = false): Declaration {
  const declaration = declare(schema, isResource, '@self');
  if (declaration === undefined) throw new Error('the schema has no declaration');
  return declaration;
}

describe('the declaration of a schema', () => {
  it.each<[string, Schema, type: string, minSize: number, maxElements: number]>([
    ['a bool', { type: 'boolean' }, 'bool', 4, 0],
    ['an integer', INTEGER, 'int', 1, 0],
    ['a number', { type: 'number' }, 'double', 1, 0],
    ['text as long as a request', STRING, 'string', 2, REQUEST - 2],
    ['text of four bytes a character', { ...STRING, maxLength: 10 }, 'string', 2, 40],
    ['the longest of some choices', { ...STRING, enum: ['a', 'äö', 'ccc'] }, 'string', 2, 4],
    ['a limit before choices', { ...STRING, maxLength: 1, enum: ['abcdef'] }, 'string', 2, 4],
    ['bytes', { ...STRING, format: 'byte' }, 'bytes', 2, REQUEST - 2],
    ['bytes with a limit', { ...STRING, format: 'byte', maxLength: 10 }, 'bytes', 2, 10],
    ['a duration', { ...STRING, format: 'duration' }, 'google.protobuf.Duration', 3, 32],
    ['a date', { ...STRING, format: 'date' }, 'google.protobuf.Timestamp', 12, 12],
    ['a date-time', { ...STRING, format: 'date-time' }, 'google.protobuf.Timestamp', 21, 32],
    ['an int-or-string', { 'x-kubernetes-int-or-string': true }, 'dyn', 1, REQUEST - 2],
    ['one with a limit', { 'x-kubernetes-int-or-string': true, maxLength: 5 }, 'dyn', 1, 20],
    ['a list with a limit', { type: 'array', items: INTEGER, maxItems: 7 }, 'list(int)', 2, 7],
    ['a list', { type: 'array', items: INTEGER }, 'list(int)', 2, (REQUEST - 2) / 2],
    [
      'a map with a limit',
      { type: 'object', additionalProperties: STRING, maxProperties: 7 },
      'map(string, string)',
      2,
      7,
    ],
    [
      'a map',
      { type: 'object', additionalProperties: STRING },
      'map(string, string)',
      2,
      Math.floor((REQUEST - 2) / 8),
    ],
    ['an object', { type: 'object', properties: { a: STRING } }, '@self', 2, 0],
    [
      'an object with required fields',
      { type: 'object', properties: { ab: STRING, ä: INTEGER, c: STRING }, required: ['ab', 'ä'] },
      '@self',
      2 + (2 + 2 + 4) + (2 + 1 + 4),
      0,
    ],
    [
      'an object whose required field has a default',
      { type: 'object', properties: { ab: { ...STRING, default: '' } }, required: ['ab'] },
      '@self',
      2,
      0,
    ],
  ])('knows the type and the sizes of %s', (_what, schema, type, minSize, maxElements) => {
    const declaration = declared(schema);
    expect(describeType(declaration.type)).toBe(type);
    expect([declaration.minSize, declaration.maxElements]).toEqual([minSize, maxElements]);
  });

  it.each<[string, Schema]>([
    ['of any type', {}],
    ['a list of such', { type: 'array', items: {} }],
    ['a list of nothing known', { type: 'array' }],
    ['a map of such', { type: 'object', additionalProperties: { type: 'array', items: {} } }],
  ])('is not there for a value %s', (_what, schema) => {
    expect(declare(schema, false, '@self')).toBeUndefined();
  });

  it('knows the names that expressions use, and leaves out what has no declaration', () => {
    const properties = { 'a-b': STRING, in: INTEGER, '1a': STRING, any: {} };
    expect([...(declared({ type: 'object', properties }).fields?.keys() ?? [])]).toEqual([
      'a__dash__b',
      '__in__',
    ]);
  });

  it('names the structs of all levels, and words as they are since 1.32', () => {
    const list = { type: 'array', items: { type: 'object', properties: { namespace: STRING, b: STRING } } };
    const declaration = declared({ type: 'object', properties: { list } });
    const fields = (release: '1.31' | '1.32'): string[] =>
      [...structsOf(declaration, release)].map(([name, types]) => `${name}: ${[...types.keys()].join()}`);
    expect(fields('1.31')).toEqual(['@self: list', '@self.list.@idx: __namespace__,b']);
    expect(fields('1.32')).toEqual(['@self: list', '@self.list.@idx: __namespace__,namespace,b']);
  });
});

describe('the cost of a rule', () => {
  const schema = {
    type: 'object',
    properties: {
      text: { ...STRING, maxLength: 25 },
      list: { type: 'array', maxItems: 10, items: { ...STRING, maxLength: 5 } },
      map: { type: 'object', maxProperties: 4, additionalProperties: { ...STRING, maxLength: 50 } },
    },
  };

  // Of a text, a tenth is charged; of each round, a variable, what macros keep count with, and what is called.
  it.each([
    ['self.text.contains("a")', 1 + 1 + 10],
    ['self.list.all(a, a.contains("b"))', 2 + 10 * (1 + 2 + 3) + 1],
    ['self.map.all(k, self.map[k].contains("b"))', 2 + 4 * (4 + 20 + 3) + 1],
  ])('is reckoned from the largest values that the schema lets in: %s', (rule, cost) => {
    const declaration = declared(schema);
    const env = environment('1.36', new Map([['self', declaration.type]]), structsOf(declaration, '1.36'));
    const program = compile(rule, env);
    if (!(program instanceof Program)) throw new Error('does not compile');
    expect(worstCost(program, declaration)).toBe(cost);
  });

  const costIn = (kubernetes: KubernetesRelease, rule: string): number => {
    const declaration = declare(schema, true, '@self', kubernetes);
    if (declaration === undefined) throw new Error('cannot be declared');
    const structs = structsOf(declaration, kubernetes);
    const program = compile(rule, environment(kubernetes, new Map([['self', declaration.type]]), structs));
    if (!(program instanceof Program)) throw new Error('does not compile');
    return worstCost(program, declaration, kubernetes);
  };

  it.each<[string, KubernetesRelease, KubernetesRelease]>([
    // The size of a list that a macro makes is known since 1.31.
    ['self.list.filter(x, x != "a").map(x, x + "b").exists(x, x == "ab")', '1.30', '1.31'],
    // A size follows its value into dyn since 1.33.
    ['dyn(self.list).all(x, x == 1)', '1.32', '1.33'],
    // Addresses are compared as numbers since 1.32.
    ['ip(self.text) == ip("10.0.0.1")', '1.31', '1.32'],
    // A name has a length since 1.37.
    ['self.metadata.name.matches("^a[bc]*$")', '1.36', '1.37'],
  ])('falls with what a later release knows: %s, %s to %s', (rule, before, since) => {
    expect(costIn(before, rule)).toBeGreaterThan(10 * costIn(since, rule));
  });

  it.each<[string, KubernetesRelease, number, number]>([
    ['has(self.text)', '1.28', 0, 1],
    ['matches(self.text, "abcd")', '1.37', 2 + 1, 2 + 11],
  ])('rises with what a later release counts: %s from %s', (rule, since, before, now) => {
    const earlier = releases[releases.indexOf(since) - 1] ?? since;
    expect([costIn(earlier, rule), costIn(since, rule)]).toEqual([before, now]);
  });

  it('takes the limit of a name from the schema where that is smaller', () => {
    const named = (maxLength: number): Schema => ({
      type: 'object',
      properties: { metadata: { type: 'object', properties: { name: { ...STRING, maxLength } } } },
    });
    const most = (maxLength: number): number | undefined =>
      declare(named(maxLength), true, '@self', '1.37')?.fields?.get('metadata')?.fields?.get('name')
        ?.maxElements;
    expect([most(10), most(1000)]).toEqual([40, 253 * 4]);
  });

  it('counts how many values fit into a request', () => {
    expect(mostValues(declared(INTEGER))).toBe(REQUEST / 2);
    expect(mostValues(declared(STRING))).toBe(REQUEST / 3);
  });

  it.each<[Schema, number | undefined]>([
    [{ type: 'array', maxItems: 3 }, 3],
    [{ type: 'array' }, undefined],
    [{ type: 'object', additionalProperties: STRING, maxProperties: 4 }, 4],
    [{ type: 'object', additionalProperties: true, maxProperties: 5 }, 5],
    [{ type: 'object', additionalProperties: STRING }, undefined],
    [{ type: 'object', maxProperties: 4 }, 1],
    [STRING, 1],
  ])('counts how many values there are below %j', (below, most) => {
    expect(mostBelow(below)).toBe(most);
  });
});

describe('the path of a field', () => {
  const leaf = { type: 'object', properties: { c: STRING } };
  const schema = {
    type: 'object',
    properties: {
      a: leaf,
      'x.y': STRING,
      "it's": STRING,
      map: { type: 'object', additionalProperties: leaf },
    },
  };

  it.each([
    ['', ''],
    ['.a', 'a'],
    ['.a.c', 'a.c'],
    ["['x.y']", 'x.y'],
    ["['it\\'s']", "it's"],
    [".a['c']", 'a.c'],
    [".map['k'].c", 'map[k].c'],
    ['.map.k', 'map[k]'],
  ])('%s leads to %s', (text, path) => {
    expect(readFieldPath(text, schema)).toEqual({ path });
  });

  it.each([
    ['a', /is not from a on/],
    ['.', /is not from \. on/],
    ['.a[0]', /is not from \[0\] on/],
    ["['a", /is not from \['a on/],
    ["['\\q']", /has an escape that is none in \['\\q'\]/],
    ['.b', /\.b is no field of the schema/],
    ['.a.c.d', /\.d is no field of the schema/],
  ])('%s is none', (text, message) => {
    expect(readFieldPath(text, schema)).toMatch(message);
  });
});

test.each([
  ['a', 'a'],
  ['a1_b', 'a1_b'],
  ['_a', '_a'],
  ['a-b.c/d', 'a__dash__b__dot__c__slash__d'],
  ['a__b', 'a__underscores__b'],
  ['namespace', '__namespace__'],
  ['while', '__while__'],
  ['whiles', 'whiles'],
  ['-a', '__dash__a'],
  ['1a', undefined],
  ['a b', undefined],
  ['ä', undefined],
  ['', undefined],
])('the property %j is called %j', (name, escaped) => {
  expect(escapeName(name)).toBe(escaped);
});

describe('rules that are compiled', () => {
  const rulesOf = (...rules: Schema[]): ReturnType<typeof compileRulesOf> => {
    const schema = { type: 'object', properties: { n: INTEGER }, 'x-kubernetes-validations': rules };
    return compileRulesOf(schema, declared(schema), '1.36');
  };

  it('are none where a schema has none', () => {
    expect(compileRulesOf({ type: 'object' }, declared({ type: 'object' }), '1.36')).toEqual([]);
  });

  it('have no program, and no problem, where they are blank', () => {
    expect(rulesOf({ rule: ' ' })).toEqual([
      expect.objectContaining({ program: undefined, problems: [], messageProblems: [], usesOldSelf: false }),
    ]);
  });

  it('have to give a bool, and their messages a string', () => {
    const [rule] = rulesOf({ rule: 'self.n' });
    expect(rule?.program).toBeUndefined();
    expect(rule?.problems).toEqual([{ message: 'must evaluate to a bool', line: 1, column: 1 }]);
    const [other] = rulesOf({ rule: 'self.n > 0', messageExpression: 'self.n' });
    expect(other?.program).toBeInstanceOf(Program);
    expect(other?.message).toBeUndefined();
    expect(other?.messageProblems).toEqual([{ message: 'must evaluate to a string', line: 1, column: 1 }]);
  });

  it('say whether they look at the value before', () => {
    const compiled = rulesOf(
      { rule: 'self.n > 0' },
      { rule: 'self.n > oldSelf.n' },
      { rule: 'oldSelf.hasValue()', optionalOldSelf: true },
      { rule: 'oldSelf.hasValue()' },
    );
    expect(compiled.map(({ usesOldSelf }) => usesOldSelf)).toEqual([false, true, true, false]);
    expect(compiled.map(({ problems }) => problems.length)).toEqual([0, 0, 0, 1]);
  });

  it('take an empty message for none', () => {
    const [rule] = rulesOf({ rule: 'self.n > 0', messageExpression: '' });
    expect([rule?.message, rule?.messageProblems]).toEqual([undefined, []]);
  });
});

describe('values that rules see', () => {
  const failing = (spec: Schema, value: unknown): (string | undefined)[] =>
    RuleSet.of({ type: 'object', properties: { spec } }, '1.36')
      .evaluate({ spec: value })
      .map(({ message }) => message);

  const ruled = (schema: Schema, rule: string): Schema => ({
    ...schema,
    'x-kubernetes-validations': [{ rule }],
  });

  it.each<[string, Schema, unknown, string]>([
    ['a bigint', INTEGER, 5n, 'self == 5'],
    ['a whole number', INTEGER, 5, 'self == 5'],
    ['a bigint that is a double', { type: 'number' }, 5n, 'self == 5.0'],
    [
      'a time in small letters',
      { ...STRING, format: 'date-time' },
      '2024-05-01t12:00:00z',
      'self.getHours() == 12',
    ],
    [
      'a time with a space',
      { ...STRING, format: 'date-time' },
      '2024-05-01 12:00:00Z',
      'self.getHours() == 12',
    ],
    [
      'a time without a zone',
      { ...STRING, format: 'date-time' },
      '2024-05-01T12:00:00',
      'self.getHours() == 12',
    ],
    [
      'a zone without a colon',
      { ...STRING, format: 'date-time' },
      '2024-05-01T12:00:00+0200',
      'self.getHours() == 10',
    ],
    [
      'a map',
      { type: 'object', additionalProperties: INTEGER },
      { a: 1 },
      'self["a"] == 1 && !("b" in self)',
    ],
    [
      'a map and its size',
      { type: 'object', additionalProperties: INTEGER },
      { a: 1, b: 2 },
      'self.size() == 2',
    ],
  ])('%s', (_what, schema, value, rule) => {
    expect(failing(ruled(schema, rule), value)).toEqual([]);
  });

  it.each<[Schema, unknown, RegExp]>([
    [INTEGER, 'a', /the schema wants the type integer/],
    [INTEGER, 1.5, /the schema wants the type integer/],
    [{ type: 'number' }, 'a', /the schema wants the type number/],
    [{ type: 'boolean' }, 'a', /the schema wants the type boolean/],
    [STRING, 1, /the schema wants the type string/],
    [{ type: 'object', properties: { a: STRING } }, [], /the schema wants the type object/],
    [{ type: 'array', items: STRING }, {}, /the schema wants the type array/],
    [{ type: 'array', items: STRING }, [1], /the schema wants the type string/],
    [{ ...STRING, format: 'date' }, '2024-02-30', /invalid date 2024-02-30/],
    [{ ...STRING, format: 'date' }, '2024-2-3', /invalid date 2024-2-3/],
  ])('%j does not hold %j', (schema, value, message) => {
    expect(failing(ruled(schema, 'self == self'), value)).toEqual([expect.stringMatching(message)]);
  });

  it('of a map-like list, the items of the other take the place of those with their key', () => {
    const item = { type: 'object', properties: { k: STRING, v: INTEGER } };
    const list = {
      type: 'array',
      items: item,
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['k'],
    };
    const spec = (rule: string): Schema =>
      ruled({ type: 'object', properties: { one: list, two: list } }, rule);
    const one = [
      { k: 'a', v: 1 },
      { k: 'b', v: 2 },
    ];
    const value = { one, two: [{ k: 'b', v: 3 }] };
    expect(failing(spec('(self.one + self.two).map(i, i.v) == [1, 3]'), value)).toEqual([]);
    expect(failing(spec('self.one == self.two'), { one, two: [...one].reverse() })).toEqual([]);
    expect(failing(spec('self.one != self.two'), { one, two: [one[0], { k: 'b', v: 3 }] })).toEqual([]);
  });
});
