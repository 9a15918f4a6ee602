import { Cluster } from '../graph/cluster';
import { ManifestSet } from '../manifest/set';
import { exampleOf } from '../../scripts/docs/examples';
import { Checking } from './checking';
import { packed, unpacked } from './packed';
import { RULES } from './registry';
import { podSecurityAdmission } from './rules/pod-security/pod-security-admission';
import { readsWorld } from './rules/reads-world';

const ALL = ManifestSet.parse(RULES.map(({ name }) => exampleOf(name)?.failing ?? '').join('\n---\n'), {
  source: 'all.yaml',
});
const STRICT = { preset: 'strict', severities: {} } as const;

describe('the pieces of a check', () => {
  it('find the same in any order', () => {
    const forward = new Checking(ALL, STRICT);
    const backward = new Checking(ALL, STRICT);
    const found = backward.pieces.toReversed().map(({ run }) => run());
    expect(backward.findings(found.toReversed())).toEqual(
      forward.findings(forward.pieces.map(({ run }) => run())),
    );
  });

  it('ask for the graph of references only where they are said to', () => {
    const cluster = new Cluster(ALL);
    const asking = new Set<string>();
    let running = 'admission/pod-security';
    const derived = cluster.derived.bind(cluster);
    cluster.derived = (derive) => {
      if (['makeWorld', 'makeGraph'].includes(derive.name)) asking.add(running);
      return derived(derive);
    };
    podSecurityAdmission(cluster, () => undefined);
    for (const rule of RULES.filter((each) => !readsWorld(each))) {
      running = rule.name;
      rule.run(cluster, () => undefined);
    }
    expect([...asking]).toEqual([]);
    RULES.find(readsWorld)?.run(cluster, () => undefined);
    expect(asking).not.toEqual(new Set());
  });

  it('find what another thread understands that has the same objects', () => {
    const [here, there] = [new Checking(ALL, STRICT), new Checking(ALL, STRICT)];
    for (const [index, piece] of here.pieces.entries()) {
      const found = piece.run();
      const other = there.pieces[index];
      if (other === undefined) throw new Error('fewer pieces');
      const passed = unpacked(other, structuredClone(packed(piece, found)));
      expect(JSON.stringify(passed)).toBe(JSON.stringify(found));
      expect(passed.every(({ manifest }) => [...other.cluster.set].includes(manifest))).toBe(true);
      expect(passed.every(({ finding, manifest }) => finding.origin === manifest.origin)).toBe(true);
    }
  });
});
