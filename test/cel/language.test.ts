import {
  Budget,
  CelError,
  DOUBLE,
  DYN,
  INT,
  Program,
  STRING,
  compile,
  environment,
  valueOf,
  type Result,
} from '../../lib/cel';
import { listOf, mapOf } from '../../lib/cel/check/type';
import type { KubernetesRelease } from '../../lib/kube/schema';

const TYPES = new Map([
  ['x', DYN],
  ['s', STRING],
  ['i', INT],
  ['d', DOUBLE],
  ['l', listOf(STRING)],
  ['m', mapOf(STRING, INT)],
]);
const DATA = {
  x: { a: 1, n: null, b: [1, 'two'] },
  s: 'hello wörld',
  i: 7,
  d: 2.5,
  l: ['b', 'a'],
  m: { k: 1 },
};
const VALUES = new Map(Object.entries(DATA).map(([name, value]) => [name, valueOf(value)]));

function compiled(text: string, kubernetes: KubernetesRelease = '1.36'): Program | string {
  const program = compile(text, environment(kubernetes, TYPES));
  return program instanceof Program ? program : program.map(({ message }) => message).join('; ');
}

function evaluate(text: string, budget?: Budget): Result {
  const program = compiled(text);
  if (!(program instanceof Program)) throw new Error(`${text} does not compile: ${program}`);
  return program.evaluate(VALUES, budget === undefined ? {} : { budget });
}

function errorOf(text: string): string {
  const result = evaluate(text);
  return result instanceof CelError ? result.message : 'a value';
}

test.each([
  ['reckons with ints', '1 + 2 * 3 == 7 && -7 / 2 == -3 && -7 % 2 == -1'],
  ['compares numbers of all types', '1 < 1.5 && 1u < 2 && dyn(1) == 1.0 && 1 in [1, 2]'],
  ['keeps absent apart from null', 'has(x.n) && x.n == null && !has(x.zz)'],
  ['passes over errors where the rest decides', '(x.zz == 1 || true) && !(x.zz == 1 && false)'],
  ['passes over errors in quantifiers', '[0, 1].exists(v, 1 / v == 1) && ![0, 1].all(v, 1 / v == 2)'],
  ['filters and maps', '[1, 2, 3].filter(v, v > 1).map(v, v * 2) == [4, 6]'],
  ['maps what passes a filter', '[1, 2, 3].map(v, v > 1, v * 2) == [4, 6]'],
  ['goes through the keys of maps', "m.all(k, k == 'k') && m.exists_one(k, m[k] == 1)"],
  ['knows index and item', "[4, 5].transformList(i, v, i + v) == [4, 6] && {'a': 1}.all(k, v, v == 1)"],
  ['makes maps', "{'a': 1}.transformMap(k, v, v + 1) == {'a': 2}"],
  ['has optional values', "x.?zz.orValue('z') == 'z' && l[?9].hasValue() == false && x.?a.value() == 1"],
  ['maps optional values', 'optional.of(1).optMap(v, v + 1) == optional.of(2)'],
  [
    'counts characters, not their parts',
    "'😀'.size() == 1 && '😀b'.indexOf('b') == 1 && '😀b'.substring(1) == 'b'",
  ],
  ['orders strings by code points', "'\\uffff' < '😀'"],
  [
    'splits and joins',
    "'a,b'.split(',').join('-') == 'a-b' && ''.split('') == [] && 'abc'.split('', 2) == ['a', 'bc']",
  ],
  ['replaces', "s.replace('l', 'L', 1) == 'heLlo wörld' && 'ab'.replace('', '-') == '-a-b-'"],
  ['formats', '\'%s %d %x %.2f\'.format([l, 255, 255, 1.5]) == \'["b", "a"] 255 ff 1.50\''],
  [
    'writes doubles as Go does',
    "string(1.0) == '1' && string(1000000.0) == '1e+06' && string(0.00001) == '1e-05'",
  ],
  ['reads times', "timestamp('2024-03-10T12:00:00Z').getHours('America/New_York') == 8"],
  [
    'reckons with times',
    "timestamp('2024-01-01T00:00:00Z') + duration('36h') == timestamp('2024-01-02T12:00:00Z')",
  ],
  ['knows types as values', 'type(1) == int && type(x) == map && type(i) != type(d)'],
  [
    'knows lists',
    "[3, 1, 2].sort() == [1, 2, 3] && l.max() == 'b' && [1, 1].distinct() == [1] && lists.range(2) == [0, 1]",
  ],
  ['sorts by a key', "['bb', 'a'].sortBy(v, v.size()) == ['a', 'bb']"],
  [
    'knows sets',
    'sets.contains([1, 2], [2]) && sets.equivalent([1, 2], [2, 1]) && !sets.intersects([1], [2])',
  ],
  [
    'knows quantities',
    "quantity('1Gi') == quantity('1024Mi') && quantity('1.5').add(quantity('500m')).isLessThan(quantity('3'))",
  ],
  [
    'keeps quantities in the unit they are in',
    "quantity('1k').asInteger() == 1000 && !quantity('1000m').isInteger()",
  ],
  [
    'knows addresses',
    "ip('10.1.2.3').family() == 4 && cidr('10.0.0.0/8').containsIP('10.1.2.3') && !isIP('1.2.3.04')",
  ],
  ['knows URLs', "url('https://[::1]:80/a b?q=1').getEscapedPath() == '/a%20b' && !isURL('../x')"],
  ['knows formats', "format.dns1123Label().validate('Bad_').hasValue() && !format.named('nope').hasValue()"],
  ['knows versions', "semver('1.2.3-rc.1').isLessThan(semver('1.2.3')) && isSemver('v1.2', true)"],
  ['finds', "s.find('o.') == 'o ' && 'aaa'.findAll('a*') == ['aaa'] && s.matches('w.rld$')"],
])('it %s', (_, text) => {
  expect(evaluate(text)).toBe(true);
});

test.each([
  ['1 / 0', 'division by zero'],
  ['9223372036854775807 + 1', 'integer overflow'],
  ['x.zz', 'no such key: zz'],
  ['x.b[5]', 'index out of bounds: 5'],
  ['x.b[1] + 1', 'no such overload: _+_'],
  ['optional.none().value()', 'no value'],
  ["'a'.charAt(9)", 'index out of range: 9'],
  ["{'a': 1}.transformMapEntry(k, v, {'x': v}).x + [1, 2].transformMapEntry(k, v, {'x': v}).x", 'twice'],
])('%s has no value', (text, message) => {
  expect(errorOf(text)).toMatch(message);
});

test.each([
  ['1 + 1.0', '"_+_" cannot be applied as (int, double)'],
  ['s.contains(1)', '"contains" cannot be applied as string.(int)'],
  ['nope', 'undeclared reference to "nope"'],
  ['s.foo', 'a value of type string has no fields'],
  ['i.all(v, true)', 'neither a list nor a map'],
  ["[1, 'a']", 'expected type int like the first, and found string'],
  ['[1].map(1, 2)', 'must be the name of a variable'],
  ['has(x)', 'has() needs a field'],
  ["duration('bad')", 'is not a duration'],
  ["int('x')", 'not a number'],
  ["s.matches('(')", 'it is not a regular expression'],
  ["s.matches('(?=x)')", 'it is not a regular expression'],
  ["'%d'.format(['a'])", '%d does not take a value of type string'],
  ["'%s'.format([1, 2])", 'there are 1 more'],
  ["'a", 'does not end'],
  ["'\\q'", 'is not an escape'],
  ['if', 'reserved word'],
  ['9223372036854775808', 'out of the range of int'],
  ['1 +', 'the end is not expected here'],
  ['`x`', 'there is no meaning'],
])('%s does not compile', (text, message) => {
  expect(compiled(text)).toEqual(expect.stringContaining(message));
});

test('functions are known since the release that lets new expressions use them', () => {
  const known = (text: string, kubernetes: KubernetesRelease): boolean =>
    compiled(text, kubernetes) instanceof Program;
  for (const [text, since, before] of [
    ['x.?a', '1.29', '1.28'],
    ["quantity('1')", '1.29', '1.28'],
    ["'%s'.format([1])", '1.30', '1.29'],
    ["ip('::1')", '1.31', '1.30'],
    ['format.uuid()', '1.32', '1.31'],
    ['[1].all(k, v, true)', '1.33', '1.32'],
    ["semver('1.2.3')", '1.34', '1.33'],
    ['l.sort()', '1.35', '1.34'],
  ] as const) {
    expect([text, known(text, since), known(text, before)]).toEqual([text, true, false]);
  }
});

test('three quotes around nothing are the empty text, as one is', () => {
  for (const text of ['""""""', "''''''", '""', "''"]) expect(evaluate(`${text}.size()`)).toBe(0n);
});

test('lists of optional values are unwrapped since 1.33', () => {
  const unwrap = 'optional.unwrap([optional.of(1)]) == [1] && [optional.of(1)].unwrapOpt() == [1]';
  expect(compiled(unwrap, '1.32')).toMatch(/undeclared reference/);
  expect(compiled(unwrap, '1.33')).toBeInstanceOf(Program);
});

test('what is nested as deep as the server lets it be compiles, and deeper does not', () => {
  expect(compiled(`${'('.repeat(240)}1${')'.repeat(240)}`)).toBeInstanceOf(Program);
  expect(compiled(`${'('.repeat(260)}1${')'.repeat(260)}`)).toMatch('250 levels deep');
  expect(compiled(`x${'.a'.repeat(260)}`)).toMatch('250 levels deep');
  expect(compiled(new Array(2000).fill('true').join(' && '))).toBeInstanceOf(Program);
});

test('an expression that would run for ever ends when its costs are spent', () => {
  const range = '[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]';
  const endless = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].reduce(
    (inner, name) => `${range}.all(${name}, ${inner})`,
    'true',
  );
  expect(errorOf(endless)).toMatch('costs more than');
});

test('all expressions of a request draw on one budget', () => {
  const budget = new Budget(10);
  expect(evaluate('[i].all(v, v > 0)', budget)).toBeInstanceOf(CelError);
  expect(budget.left).toBe(0);
  expect(evaluate('i > 0', budget)).toBeInstanceOf(CelError);
});

test('a pattern that would backtrack takes time that is linear in the text', () => {
  const text = `'${'a'.repeat(30_000)}b'.matches('^(a+)+$')`;
  expect(evaluate(text)).toBe(false);
});

test('what would fill the memory is an error', () => {
  const doubled = ['a', 'b', 'c', 'd', 'e'].reduce(
    (text, name) => `optional.of(${text}).optMap(${name}, ${name}.replace('', ${name})).value()`,
    `'${'x'.repeat(300)}'`,
  );
  expect(errorOf(doubled)).toMatch(/longer than|costs more/);
  expect(errorOf('lists.range(100000000000)')).toMatch('too long');
});

test('optional values can be chained without their expressions doubling each time', () => {
  const chained = new Array(40).fill('.optMap(v, v + 1)').join('');
  expect(compiled(`optional.of(1)${chained}`)).toBeInstanceOf(Program);
});

test.each([
  ['comparing long lists inside of short ones', 'lists.range(1000).all(i, [a] == [b])'],
  ['copying a long list', 'lists.range(100000).all(i, (a + [i]).size() > 0)'],
  ['counting a long text', 'lists.range(100000).all(i, c.size() > 0)'],
])('%s is work that is limited, though the server reckons it cheap', (_, loop) => {
  const long = 'lists.range(300000)';
  const text = `optional.of(${long}).optMap(a, optional.of(${long}).optMap(b, optional.of('x'.replace('', '${'y'.repeat(90_000)}')).optMap(c, ${loop})))`;
  expect(errorOf(text)).toMatch('costs more than');
});

test('lists do not grow beyond what memory holds', () => {
  const doubled = ['a', 'b', 'c', 'd', 'e', 'f'].reduce(
    (text, name) => `optional.of(${text}).optMap(${name}, ${name} + ${name}).value()`,
    'lists.range(200000)',
  );
  expect(errorOf(doubled)).toMatch(/longer than|costs more/);
});
