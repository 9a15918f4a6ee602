import type { Finding } from '../../../../lib/check/finding';
import { check } from '../../../../lib/check/check';
import { POLICY } from '../../../../lib/check/rules/policy';
import type { Rule } from '../../../../lib/check/rule';
import { ManifestSet } from '../../../../lib/manifest/set';
import { exampleOf } from '../../../../scripts/docs/examples';

/** What all rules say to an example. */
function findings(yaml: string): Finding[] {
  return check(ManifestSet.parse(yaml), { preset: 'strict' });
}

const byName = POLICY.map((rule): [string, Rule] => [rule.name, rule]);

describe.each(byName)('%s', (name, { about, why }) => {
  const { failing, passing } = exampleOf(name) ?? { failing: '', passing: '' };

  it('finds one thing in its failing example, and says where', () => {
    const found = findings(failing).filter(({ rule }) => rule === name);
    expect(found).toHaveLength(1);
    expect(found[0]?.message).not.toMatch(/undefined|\[object|^[A-Z][a-z]+ .*[.]$/);
  });

  it('finds nothing in its passing example', () => {
    expect(findings(passing).filter(({ rule }) => rule === name)).toEqual([]);
  });

  it('has examples that the API server takes', () => {
    const refused = [failing, passing].flatMap(findings);
    expect(refused.filter(({ rule }) => rule.startsWith('admission/'))).toEqual([]);
  });

  it('says in whole sentences what it finds and why that matters', () => {
    expect(about).toMatch(/^Finds .*\.$/);
    expect(why).toMatch(/^[A-Z].*\.$/);
  });
});

test('each rule has a name of its own', () => {
  const names = POLICY.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !/^policy\/[a-z-]+$/.test(name))).toEqual([]);
});
