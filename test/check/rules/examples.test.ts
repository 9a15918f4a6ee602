import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { check, ManifestSet } from 'seaworthy';
import { RULES } from '../../../lib/check/registry';
import { POD_SECURITY_RULES } from '../../../lib/check/rules/policy/pod-security';
import { WIRING } from '../../../lib/check/rules/wiring';
import { REFERENCE_RULES } from '../../../lib/check/rules/wiring/references';
import { exampleOf } from '../../../scripts/docs/examples';

const FOLDER = join(__dirname, '../../../lib/check/rules');

const byName = RULES.map((rule) => {
  const { failing, passing } = exampleOf(rule.name) ?? { failing: '', passing: '' };
  return { ...rule, failing, passing };
});

/** The rules that find something in a YAML stream with preset strict, once for each finding. */
function found(yaml: string): string[] {
  return check(ManifestSet.parse(yaml), { preset: 'strict' }).map(({ rule }) => rule);
}

describe.each(byName)('$name', ({ about, why, failing, passing }) => {
  it('has examples that the API server accepts', () => {
    const rejected = [failing, passing].flatMap(found).filter((rule) => rule.startsWith('admission/'));
    // The example of a misspelled API group is of an unknown kind. What the server accepts, it may warn about.
    const accepted = ['admission/no-definition', 'admission/warning'];
    expect(rejected.filter((rule) => !accepted.includes(rule))).toEqual([]);
  });

  it('says in sentences what it finds and why that matters', () => {
    expect(about).toMatch(/^Finds .*\.$/);
    expect(why).toMatch(/^[A-Z].*\.$/);
  });
});

test.each(byName.filter(({ name }) => name.startsWith('wiring/')))(
  'no other wiring rule finds anything in the examples of $name',
  ({ name, failing, passing }) => {
    const wiring = (yaml: string) => found(yaml).filter((rule) => rule.startsWith('wiring/'));
    expect(wiring(failing)).toEqual([name]);
    expect(wiring(passing)).toEqual([]);
  },
);

test('each rule has a name of its own', () => {
  const names = RULES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !/^(manifest|wiring|policy)\/[a-z-]+$/.test(name))).toEqual([]);
  expect(WIRING.every(({ name }) => name.startsWith('wiring/'))).toBe(true);
});

test('each rule has its YAML and its test beside it, and no file is of no rule', () => {
  const rows = new Set([...REFERENCE_RULES, ...POD_SECURITY_RULES].map(({ name }) => name));
  const files = RULES.flatMap(({ name }) => [
    `${name}.failing.yaml`,
    `${name}.passing.yaml`,
    ...(rows.has(name) ? [] : [`${name}.ts`]),
    // The rules about references share one test.
    ...(REFERENCE_RULES.some((rule) => rule.name === name) ? [] : [`${name}.test.ts`]),
  ]);
  expect(files.filter((file) => !existsSync(join(FOLDER, file)))).toEqual([]);
  const known = new Set(files);
  const standing = ['wiring', 'policy'].flatMap((group) =>
    readdirSync(join(FOLDER, group)).map((file) => `${group}/${file}`),
  );
  expect(standing.filter((file) => !known.has(file))).toEqual([
    'wiring/references.test.ts',
    'wiring/references.ts',
    'policy/pod-security.ts',
  ]);
});
