import { ruleFacts } from './facts';
import { RULE_GROUPS } from './rule-groups';

test('the groups are those of all rules', () => {
  const groups = new Set(ruleFacts().map(({ name }) => name.slice(0, name.indexOf('/'))));
  expect(RULE_GROUPS).toEqual([...groups].sort());
});
