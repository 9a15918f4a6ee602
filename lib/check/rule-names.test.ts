import { ruleFacts } from './facts';
import { byCurrentName, currentName, RENAMED, unknownRule } from './rule-names';

const RULES = ruleFacts();
const names = RULES.map(({ name }) => name);

test.each(Object.entries(RENAMED))('%s is now the rule %s', (former, current) => {
  expect(names).toContain(current);
  expect(names).not.toContain(former);
  expect(currentName(former)).toBe(current);
  expect(unknownRule(former, RULES)).toBeUndefined();
});

test('a name that no rule ever had is its own, even one that every object has', () => {
  expect(currentName('policy/image-tag')).toBe('policy/image-tag');
  expect(currentName('constructor')).toBe('constructor');
});

test('a setting by the current name counts before one by a former name, in any order', () => {
  const [former, current] = ['policy/cluster-admin', 'policy/rbac-cluster-admin'];
  expect(byCurrentName({ [current]: 'off', [former]: 'error', 'a/b': 'info' })).toEqual({
    [current]: 'off',
    'a/b': 'info',
  });
  expect(byCurrentName({ [former]: 'error' })).toEqual({ [current]: 'error' });
});

test.each([
  ['policy/image-tga', 'Did you mean policy/image-tag?'],
  ['image-tag', 'Did you mean policy/image-tag?'],
  ['wiring/image-tag', 'Did you mean policy/image-tag?'],
  ['wiring/budget-selects-nothin', 'Did you mean wiring/disruption-budget-selects-nothing?'],
  ['cluster-admin', 'Did you mean policy/rbac-cluster-admin?'],
  ['xyz', 'See docs/reference/rules.md for all rules.'],
])('of the unknown rule %s it says: %s', (name, hint) => {
  expect(unknownRule(name, RULES)).toEqual({
    code: 'UNKNOWN_RULE',
    message: `unknown rule "${name}"`,
    hint,
  });
});
