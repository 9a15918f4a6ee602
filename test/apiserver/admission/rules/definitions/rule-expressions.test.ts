import { admit } from '../../../../../lib/check/admit';
import { definition, integer, list, object, string, type Plain } from '../../custom/widgets';

const SPEC = 'spec.validation.openAPIV3Schema.properties[spec].';

const ruled = (schema: Plain, ...rules: Plain[]): Plain => ({ ...schema, 'x-kubernetes-validations': rules });

/** The paths that are complained about, below the schema of `spec`. */
function paths(spec: Plain): string[] {
  return [...new Set(admit(definition(spec)).map(({ path }) => path.replace(SPEC, '')))];
}

const widget = object({
  name: string,
  size: integer,
  tags: list(string),
  few: { ...list(integer), maxItems: 5 },
});
const ruleOf = (rule: string, more: Plain = {}): string[] => paths(ruled(widget, { rule, ...more }));
const AT = 'x-kubernetes-validations[0]';

test('a rule compiles by the types of the schema, and gives a bool', () => {
  expect(ruleOf("self.size > 1 && self.name.startsWith('a') && self.tags.size() < 3")).toEqual([]);
  for (const wrong of [
    'self.size',
    'self.nope == 1',
    "self.size == 'a'",
    'self.size >',
    'object.spec.size == 1',
  ])
    expect(ruleOf(wrong)).toEqual([`${AT}.rule`]);
});

test('a message expression gives a string', () => {
  expect(ruleOf('self.size > 1', { messageExpression: "self.size > 0 ? 'few' : 'none'" })).toEqual([]);
  for (const messageExpression of ['self.size', 'self.nope'])
    expect(ruleOf('self.size > 1', { messageExpression })).toEqual([`${AT}.messageExpression`]);
});

test('the other fields of a rule are held to their shapes', () => {
  expect(ruleOf('true', { reason: 'FieldValueForbidden', fieldPath: '.size', message: 'no' })).toEqual([]);
  expect(ruleOf('true', { reason: 'Because' })).toEqual([`${AT}.reason`]);
  expect(ruleOf('true', { message: ' ' })).toEqual([`${AT}.message`]);
  expect(ruleOf('true ||\ntrue')).toEqual([`${AT}.message`]);
  for (const fieldPath of ['size', '.nope', '.tags[0]', '.name.x'])
    expect(ruleOf('true', { fieldPath })).toEqual([`${AT}.fieldPath`]);
});

test('a rule that may cost too much is refused, until the schema says how large its values get', () => {
  const nested = 'self.all(a, self.all(b, a == b || a > 3))';
  const tagged = (tags: Plain): string[] => paths(object({ tags: ruled(tags, { rule: nested }) }));
  expect(tagged(list(integer))[0]).toBe(`properties[tags].${AT}.rule`);
  expect(tagged({ ...list(integer), maxItems: 100 })).toEqual([]);
});

test('a rule counts as often as there can be values', () => {
  const item = ruled({ ...string, maxLength: 100 }, { rule: "self.contains('abcdefghijkl')" });
  const grid = (maxItems: number): string[] =>
    paths(object({ grid: { ...list({ ...list(item), maxItems }), maxItems } }));
  expect(grid(10)).toEqual([]);
  expect(grid(1000)[0]).toBe(`properties[grid].items.items.${AT}.rule`);
});

test('rules that are cheap one by one may cost too much together', () => {
  const small = ruled(list(integer), { rule: 'self.all(v, v > 1)' });
  const many = (count: number): Plain =>
    object(Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, small])));
  expect(paths(many(5))).toEqual([]);
  expect(paths(many(40))).toContain('spec.validation.openAPIV3Schema');
});

test('a value before a change is known only where it can be told which it was', () => {
  const item = ruled(object({ k: { ...string, maxLength: 20 } }, { required: ['k'] }), {
    rule: 'self.k == oldSelf.k',
  });
  const keyed = { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['k'] };
  expect(paths(object({ list: { ...list(item), ...keyed } }))).toEqual([]);
  expect(paths(object({ list: list(item) }))).toEqual([`properties[list].items.${AT}.rule`]);
  expect(paths(object({ map: { type: 'object', additionalProperties: item } }))).toEqual([]);
});

test('an optional value before a change is optional, and has to be used', () => {
  expect(ruleOf('oldSelf.optMap(o, o.size <= self.size).orValue(true)', { optionalOldSelf: true })).toEqual(
    [],
  );
  expect(ruleOf('oldSelf.size > 1', { optionalOldSelf: true })).toContain(`${AT}.rule`);
  expect(ruleOf('self.size > 1', { optionalOldSelf: true })).toEqual([`${AT}.optionalOldSelf`]);
});
