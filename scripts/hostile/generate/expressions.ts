/** Expressions of CEL: well formed ones, expensive ones and soups of words. */
import type { Random } from '../random';

const FIELDS = /^(expression|rule|messageExpression|valueExpression|celExpression)$/;

/** An expression, if `field` holds one. */
export function expressionFor(field: string, random: Random): string | undefined {
  return FIELDS.test(field) ? expression(random) : undefined;
}

export function expression(random: Random): string {
  return random.weighted([
    [70, () => term(random, 3)],
    [15, () => soup(random)],
    [10, () => random.pick(EXPENSIVE)],
    [5, () => deep(random)],
  ]);
}

const VARIABLES =
  `self oldSelf object oldObject params request variables namespaceObject authorizer v w device
  self.a self.spec self.metadata.name object.spec object.spec.replicas object.metadata.labels object.spec.template.spec.containers
  oldObject.spec request.operation request.userInfo.groups variables.x params.data.most authorizer.requestResource
  device.driver device.attributes["a"].b device.capacity`.split(/\s+/);
const LITERALS =
  `1 0 -1 1u 2.5 1e999 9223372036854775807 -9223372036854775808 0xffffffffffffffffff true null "a" 'é'
  r'\\' b"\\xff" "\\ud800" """x""" [] [1,2] [[1],[2]] {} {"a":1} {1:2u} [1,"a",null] Object{} Object.spec{a:1}
  optional.none() duration("1h") timestamp("2024-01-01T00:00:00Z") quantity("1e999999999") ip("::1") cidr("10.0.0.0/8")
  url("http://[::1]:80/a?b#c") semver("1.2.3") lists.range(100) format.dns1123Label()`.split(/\s+/);
const BINARY = '+ - * / % == != < <= > >= && || in'.split(' ');
const COMPREHENSIONS = ['all', 'exists', 'exists_one', 'map', 'filter', 'sortBy', 'optMap', 'optFlatMap'];
const METHODS =
  `size() sort() distinct() flatten() join(",") trim() reverse() lowerAscii() upperAscii() value() hasValue()
  isSorted() sum() min() max() indexOf("a") lastIndexOf("a") charAt(0) charAt(-1) split("") split("",9) replace("a","aa")
  substring(1,0) matches("(a+)+$") matches("[") find("(a*)*b") findAll(".*",1000) format([1]) format([[],{}])
  startsWith("") contains("") asInteger() asApproximateFloat() sign() isGreaterThan(quantity("1")) family() isUnspecified()
  containsIP("::1") prefixLength() masked() getHost() getQuery() major() getFullYear() getHours("Europe/Berlin")
  getHours("+99:99") getMilliseconds() orValue(1) or(optional.of(1)) first() last() slice(0,1) slice(1,0) check("get")
  group("").resource("pods").namespace("a").check("get").allowed() validate("a").orValue([])`.split(/\s+/);
const FUNCTIONS =
  'dyn string int uint double bytes bool type size optional.of optional.ofNonZeroValue duration timestamp has sets.contains quantity isQuantity isURL url isIP ip isCIDR cidr isSemver semver math.greatest math.least math.abs lists.range jsonpatch.escapeKey cel.bind'.split(
    ' ',
  );

function term(random: Random, depth: number): string {
  if (depth === 0 || random.chance(20)) return random.pick(random.chance(60) ? VARIABLES : LITERALS);
  const below = (): string => term(random, depth - 1);
  return random.weighted([
    [5, () => `(${below()} ${random.pick(BINARY)} ${below()})`],
    [3, () => `${below()}.${random.pick(COMPREHENSIONS)}(v, ${below()})`],
    [
      1,
      () => `${below()}.${random.pick(['all', 'exists', 'transformList', 'transformMap'])}(v, w, ${below()})`,
    ],
    [4, () => `${below()}.${random.pick(METHODS)}`],
    [3, () => `${random.pick(FUNCTIONS)}(${below()})`],
    [1, () => `${random.pick(FUNCTIONS)}(${below()}, ${below()})`],
    [1, () => `(${below()} ? ${below()} : ${below()})`],
    [1, () => `!${below()}`],
    [1, () => `-${below()}`],
    [1, () => `${below()}[${below()}]`],
    [1, () => `${below()}.?a.orValue(${below()})`],
    [1, () => `[${below()}, ?${below()}]`],
    [1, () => `{${below()}: ${below()}}`],
    [1, () => `has(${below()}.a)`],
    [1, () => `cel.bind(x, ${below()}, ${below()})`],
    [1, () => `Object{spec: Object.spec{a: ${below()}}}`],
    [1, () => `[JSONPatch{op: "add", path: "/a", value: ${below()}}]`],
  ]);
}

const WORDS = [
  ...BINARY,
  ...VARIABLES,
  ...LITERALS,
  ...'( ) [ ] { } . .? [? ? : , ! - has( .all(v, .map(v, // " \' \\ ` @ # $ \n \u0000 \ud800 é'.split(' '),
];

function soup(random: Random): string {
  return random.times(1, 20, () => random.pick(WORDS)).join(random.pick(['', ' ']));
}

/** Within the rules of the language, and more than a server allows. */
const EXPENSIVE = [
  'lists.range(1000).all(a, lists.range(1000).all(b, lists.range(1000).all(c, a + b + c >= 0)))',
  'lists.range(10000000).size() > 0',
  'lists.range(1000).map(a, lists.range(1000)).flatten().size() == 0',
  'lists.range(100).map(a, lists.range(100).map(b, lists.range(100).map(c, "x"))).size() == 0',
  `${'"a"'.padEnd(3)}${'.replace("a", "aaaaaaaaaa")'.repeat(12)} == ""`,
  `"${'a'.repeat(40)}!".matches("^(([a-z])+.)+[A-Z]([a-z])+$")`,
  'self.all(x, self.all(y, self.all(z, x == y && y == z)))',
  'object.spec.template.spec.containers.all(a, object.spec.template.spec.containers.all(b, a == b))',
  'cel.bind(a, [1,1,1,1,1,1,1,1], cel.bind(b, a.map(x, a), cel.bind(c, b.map(x, b), cel.bind(d, c.map(x, c), d.map(x, d))))) == []',
  `"%s".format([${'['.repeat(30)}${']'.repeat(30)}])`,
  '"a".matches("((a{1,100}){1,100}){1,100}")',
  '9223372036854775807 + 1 > 0 || 1 / 0 == 1 || -9223372036854775808 / -1 == 1',
  'duration("2562047h") + duration("2562047h") > duration("0s")',
  'string(bytes("\\u00e9")) == "" || string(b"\\xff") == ""',
  'lists.range(10000).map(x, string(x)).join(",").split(",").map(x, int(x)).sum() > 0',
];

function deep(random: Random): string {
  const depth = random.pick([10, 40, 100, 250, 1000]);
  return random.pick([
    `${'('.repeat(depth)}1${')'.repeat(depth)}`,
    `${'['.repeat(depth)}1${']'.repeat(depth)}`,
    `${'!'.repeat(depth)}true`,
    `${'-'.repeat(depth)}1`,
    `1${' + 1'.repeat(depth)}`,
    `true${' && true'.repeat(depth)}`,
    `true ? ${'true ? '.repeat(depth)}1${' : 1'.repeat(depth)} : 1`,
    `self${'.a'.repeat(depth)}`,
    `self${'[0]'.repeat(depth)}`,
    `dyn(${'dyn('.repeat(depth)}1${')'.repeat(depth)})`,
    `"${'a'.repeat(depth)}".size() == [${'1,'.repeat(depth)}].size()`,
    `{${Array.from({ length: depth }, (_, key) => `"${key}": ${key}`).join(', ')}}.size() > 0`,
    `self.all(x, ${'self.all(x, '.repeat(Math.min(depth, 40))}true${')'.repeat(Math.min(depth, 40))})`,
  ]);
}
