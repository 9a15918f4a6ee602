import { Pattern } from '../../lib/kube/pattern';

it('matches anywhere, as Go does', () => {
  expect(new Pattern('b+').test('abbc')).toBe(true);
  expect(new Pattern('^b').test('ab')).toBe(false);
  expect(new Pattern('^.$').test('😀')).toBe(true);
});

it.each(['(?=a)', '(?<=a)b', '\\1', 'a{1,1001}', 'a**', '(', '[a-'])(
  'takes nothing that RE2 refuses: %s',
  (source) => {
    const pattern = new Pattern(source);
    expect(pattern.problem).toMatch(/error parsing regexp/);
    expect(pattern.test('a')).toBe(false);
  },
);

it.each(['(?P<year>\\d+)', '[[:alpha:]]\\z', '\\pN', '(?i)é'])('takes what RE2 takes: %s', (source) => {
  expect(new Pattern(source).problem).toBeUndefined();
});

it('needs time linear in the text', () => {
  expect(new Pattern('^(a+)+$').test(`${'a'.repeat(100_000)}b`)).toBe(false);
});

it.each([
  ['b+', 'abbcb', 'bb', ['bb', 'b']],
  ['b*', 'abb', '', ['', 'bb']],
  ['x', 'abb', '', []],
  ['(', 'abb', '', []],
])('finds %s in %s as Go does', (source, text, first, all) => {
  expect(new Pattern(source).find(text)).toBe(first);
  expect(new Pattern(source).findAll(text)).toEqual(all);
});

it.each([
  [-1n, ['a', 'b', 'c']],
  [0n, []],
  [2n, ['a', 'b']],
])('finds at most %s, or all where that is negative', (limit, found) => {
  expect(new Pattern('[a-z]').findAll('a1b2c', limit)).toEqual(found);
});
