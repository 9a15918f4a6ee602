import { ManifestSet } from 'seaworthy';
import { WIRING } from '../../../../lib/check/rules/wiring';
import { Cluster } from '../../../../lib/graph/cluster';
import { exampleOf } from '../../../../scripts/docs/examples';

/** The wiring rules that find something in a YAML stream, once for each finding. */
function found(yaml: string): string[] {
  const cluster = new Cluster(ManifestSet.parse(yaml));
  const names: string[] = [];
  for (const { name, run } of WIRING) run(cluster, () => names.push(name));
  return names;
}

describe.each(WIRING.map((rule) => ({ ...rule })))('$name', ({ name, about, why }) => {
  const { failing, passing } = exampleOf(name) ?? { failing: '', passing: '' };

  it('finds one thing in its failing example, and no other rule does', () => {
    expect(found(failing)).toEqual([name]);
  });

  it('finds nothing in its passing example, and no other rule does', () => {
    expect(found(passing)).toEqual([]);
  });

  it('says what it finds and why that matters', () => {
    expect(about).toMatch(/^Finds .*\.$/);
    expect(why).toMatch(/^[A-Z].*\.$/);
  });
});

test('each rule has a name of its own', () => {
  const names = WIRING.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !/^wiring\/[a-z-]+$/.test(name))).toEqual([]);
});
