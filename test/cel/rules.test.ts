import { RuleSet } from '../../lib/cel';
import type { Violation } from '../../lib/cel';

type Data = Readonly<Record<string, unknown>>;

/** What the rules of a schema for `spec` say of a value of it. */
function judge(spec: Data, value: unknown, oldValue?: unknown): Violation[] {
  const rules = RuleSet.of({ type: 'object', properties: { spec } }, '1.36');
  const old = oldValue === undefined ? {} : { oldValue: { spec: oldValue } };
  return rules.evaluate({ spec: value }, old);
}

function withRule(rule: string, properties: Data, more: Data = {}): Data {
  return { type: 'object', properties, 'x-kubernetes-validations': [{ rule, ...more }] };
}

const NUMBERS = { min: { type: 'integer' }, max: { type: 'integer' } };

test('a rule that holds says nothing', () => {
  expect(judge(withRule('self.min <= self.max', NUMBERS), { min: 1, max: 2 })).toEqual([]);
});

test('a rule that does not hold names the value that it is about', () => {
  expect(judge(withRule('self.min <= self.max', NUMBERS), { min: 3, max: 2 })).toEqual([
    { path: 'spec', message: 'failed rule: self.min <= self.max', reason: 'FieldValueInvalid' },
  ]);
});

test('a rule may name a field, a reason and a message', () => {
  const more = { fieldPath: '.min', reason: 'FieldValueForbidden', message: 'min is over max' };
  expect(judge(withRule('self.min <= self.max', NUMBERS, more), { min: 3, max: 2 })).toEqual([
    { path: 'spec.min', message: 'min is over max', reason: 'FieldValueForbidden' },
  ]);
});

test('a message may be an expression, which goes before the plain one', () => {
  const more = { message: 'plain', messageExpression: '"min is " + string(self.min)' };
  expect(judge(withRule('self.min <= self.max', NUMBERS, more), { min: 3, max: 2 })[0]?.message).toBe(
    'min is 3',
  );
});

test('a message expression that has no value leaves the plain message', () => {
  const more = { message: 'plain', messageExpression: 'string(self.min / 0)' };
  expect(judge(withRule('self.min <= self.max', NUMBERS, more), { min: 3, max: 2 })[0]?.message).toBe(
    'plain',
  );
});

test('items of lists and values of maps are looked at one by one', () => {
  const small = { type: 'integer', 'x-kubernetes-validations': [{ rule: 'self < 10' }] };
  const spec = {
    type: 'object',
    properties: {
      list: { type: 'array', items: small },
      map: { type: 'object', additionalProperties: small },
    },
  };
  const paths = judge(spec, { list: [1, 20], map: { a: 30, b: 1 } }).map(({ path }) => path);
  expect(paths).toEqual(['spec.list[1]', 'spec.map[a]']);
});

test('names that are no identifiers are escaped', () => {
  const properties = {
    'a-b': { type: 'integer' },
    namespace: { type: 'string' },
    'x.y/z': { type: 'integer' },
  };
  const rule = 'self.a__dash__b == 1 && self.__namespace__ == "n" && self.x__dot__y__slash__z == 2';
  expect(judge(withRule(rule, properties), { 'a-b': 1, namespace: 'n', 'x.y/z': 2 })).toEqual([]);
});

test('a field that is not set is an error, unless the rule asks first', () => {
  expect(judge(withRule('self.min > 0', NUMBERS), {})[0]?.message).toMatch('no such key: min');
  expect(judge(withRule('!has(self.min) || self.min > 0', NUMBERS), {})).toEqual([]);
});

test('of metadata, rules see the name', () => {
  const schema = { type: 'object', 'x-kubernetes-validations': [{ rule: 'self.metadata.name.size() < 4' }] };
  const rules = RuleSet.of(schema, '1.36');
  expect(rules.evaluate({ metadata: { name: 'abc' } })).toEqual([]);
  expect(rules.evaluate({ metadata: { name: 'abcd' } })).toHaveLength(1);
});

test('dates, durations and bytes are what their format says', () => {
  const properties = {
    day: { type: 'string', format: 'date' },
    moment: { type: 'string', format: 'date-time' },
    span: { type: 'string', format: 'duration' },
    bytes: { type: 'string', format: 'byte' },
  };
  const rule = `self.day.getFullYear() == 2024 && self.moment - self.day == duration('1h') && self.span == duration('90s')
    && self.bytes == b'hi'`;
  const value = { day: '2024-02-29', moment: '2024-02-29T01:00:00Z', span: '1m30s', bytes: 'aGk=' };
  expect(judge(withRule(rule, properties), value)).toEqual([]);
});

test('a number is a double even where it is whole', () => {
  expect(
    judge(withRule('self.n == 2.0 && type(self.n) == double', { n: { type: 'number' } }), { n: 2 }),
  ).toEqual([]);
});

test('an int-or-string is whichever it is', () => {
  const properties = { port: { 'x-kubernetes-int-or-string': true } };
  const rule = 'type(self.port) == int ? self.port > 0 : self.port == "http"';
  expect(judge(withRule(rule, properties), { port: 80 })).toEqual([]);
  expect(judge(withRule(rule, properties), { port: 'http' })).toEqual([]);
  expect(judge(withRule(rule, properties), { port: 'ftp' })).toHaveLength(1);
});

test('a rule of transition matters only where there was a value before', () => {
  const spec = withRule('self.min == oldSelf.min', NUMBERS);
  expect(judge(spec, { min: 1 })).toEqual([]);
  expect(judge(spec, { min: 1 }, { min: 1 })).toEqual([]);
  expect(judge(spec, { min: 1 }, { min: 2 })).toHaveLength(1);
});

test('a rule with an optional old value is looked at for new objects too', () => {
  const spec = withRule('oldSelf.hasValue() || self.min == 0', NUMBERS, { optionalOldSelf: true });
  expect(judge(spec, { min: 1 })).toHaveLength(1);
  expect(judge(spec, { min: 0 })).toEqual([]);
  expect(judge(spec, { min: 1 }, { min: 1 })).toEqual([]);
});

test('items of map-like lists are compared with what they were by their keys', () => {
  const item = withRule('self.v >= oldSelf.v', { k: { type: 'string' }, v: { type: 'integer' } });
  const list = {
    type: 'array',
    items: item,
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['k'],
  };
  const spec = { type: 'object', properties: { list } };
  const before = {
    list: [
      { k: 'a', v: 1 },
      { k: 'b', v: 5 },
    ],
  };
  const after = {
    list: [
      { k: 'b', v: 4 },
      { k: 'a', v: 2 },
      { k: 'c', v: 0 },
    ],
  };
  expect(judge(spec, after, before).map(({ path }) => path)).toEqual(['spec.list[0]']);
});

test('sets are equal in any order, and add up to their union', () => {
  const properties = { set: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' } };
  expect(judge(withRule('self.set == ["b", "a"]', properties), { set: ['a', 'b'] })).toEqual([]);
  expect(judge(withRule('(self.set + ["a"]).size() == 2', properties), { set: ['a', 'b'] })).toEqual([]);
});

test('what rules cost together is limited', () => {
  const properties = { list: { type: 'array', items: { type: 'integer' } } };
  const rule = 'self.list.all(a, self.list.all(b, self.list.all(c, a + b + c < 0 || true)))';
  const list = Array.from({ length: 300 }, (_, index) => index);
  expect(judge(withRule(rule, properties), { list })[0]?.message).toMatch('costs more than');
});

describe('a value that takes long', () => {
  /** Milliseconds of the processor for a rule about `value`. */
  function timeOf(rule: string, spec: Data, value: unknown): number {
    const start = process.cpuUsage();
    judge({ ...spec, 'x-kubernetes-validations': [{ rule }] }, value);
    const { user } = process.cpuUsage(start);
    return user / 1000;
  }
  const maps = { type: 'array', items: { type: 'object', properties: { a: { type: 'string' } } } };
  const texts = { type: 'array', items: { type: 'string' } };

  test.each(['distinct()', 'distinct().size()'])(
    'is not compared item by item beyond the cost limit: %s',
    (call) => {
      const items = Array.from({ length: 20_000 }, (_, index) => ({ a: `x${index}` }));
      expect(timeOf(`self.${call} == self.${call}`, maps, items)).toBeLessThan(1000);
    },
  );

  test('is not looked up in another list beyond the cost limit', () => {
    const items = Array.from({ length: 20_000 }, (_, index) => `x${index}`);
    expect(timeOf('sets.contains(self, self)', texts, items)).toBeLessThan(1000);
  });

  test.each([
    ['double(self) > 0.0', `${'1'.repeat(100_000)}x`],
    ['duration(self) > duration("1s")', '1'.repeat(100_000)],
    ['self.trim() == "a"', `a${' '.repeat(100_000)}a`],
  ])('is read once: %s', (rule, value) => {
    expect(timeOf(rule, { type: 'string' }, value)).toBeLessThan(1000);
  });
});
