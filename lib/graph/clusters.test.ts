import type { SeaworthyError } from '../errors';
import { latestRelease } from '../kube/schema';
import { ManifestSet } from '../manifest/set';
import { clusterPairs, clustersOf, namesNoEnvironment } from './clusters';
import type { Cluster } from './cluster';

const object = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });

/** A set of ConfigMaps, each written `environment/name`, or `name` for no environment. */
function setOf(names: readonly string[], releases: Readonly<Record<string, string>> = {}): ManifestSet {
  const manifests = names.flatMap((each) => {
    const [name = '', environment] = each.split('/').reverse();
    return [...ManifestSet.of([object(name)])].map((manifest) =>
      environment === undefined ? manifest : { ...manifest, origin: { environment } },
    );
  });
  const profiles = Object.entries(releases).map(([name, kubernetes]) => [name, { kubernetes }] as const);
  return ManifestSet.from(manifests, new Map(profiles));
}

const line = ({ environment = '-', set, kubernetes }: Cluster): string =>
  `${environment}: ${[...set].map(({ id }) => id.name).join(' ')} (${kubernetes === latestRelease ? 'newest' : kubernetes})`;

describe('clustersOf', () => {
  it('gives one cluster for each environment by name, and first one for the objects of none', () => {
    const set = setOf(['staging/a', 'b', 'production/a', 'staging/c', 'd'], {
      staging: '1.30',
      production: '1.31',
    });
    expect(clustersOf(set).map(line)).toEqual([
      '-: b d (newest)',
      'production: a (1.31)',
      'staging: a c (1.30)',
    ]);
  });

  it('has nothing to give for a set without objects, and still knows its releases', () => {
    expect(clustersOf(setOf([]))).toEqual([]);
    expect(() => clustersOf(setOf([]), { kubernetes: '0.9' })).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_KUBERNETES' }) as SeaworthyError,
    );
  });

  it('takes the release and the profile of the options before those of the environments', () => {
    const set = setOf(['a', 'staging/a'], { staging: '1.30' });
    expect(clustersOf(set, { kubernetes: '1.28' }).map(line)).toEqual(['-: a (1.28)', 'staging: a (1.28)']);
    const profile = { kubernetes: '1.29', ingressClass: 'own' };
    const clusters = clustersOf(set, { profile });
    expect(clusters.map(line)).toEqual(['-: a (1.29)', 'staging: a (1.29)']);
    expect(clusters.map((cluster) => cluster.profile)).toEqual([profile, profile]);
  });

  it('assumes the same objects for each, and gives the parts what the set knows of its clusters', () => {
    const assume = setOf(['given']);
    const [cluster, ...others] = clustersOf(setOf(['staging/a'], { staging: '1.30' }), { assume });
    expect([others, cluster?.assumed]).toEqual([[], assume]);
    expect(cluster?.set.clusters.get('staging')).toEqual({ kubernetes: '1.30' });
  });
});

describe('clusterPairs', () => {
  const lines = (...args: Parameters<typeof clusterPairs>) =>
    clusterPairs(...args).map(({ before, after }) => `${line(before)} → ${line(after)}`);

  it('puts together what both sides have of an environment', () => {
    const before = setOf(['staging/a', 'old/a', 'x'], { old: '1.28', staging: '1.30' });
    const after = setOf(['new/a', 'staging/b'], { new: '1.35', staging: '1.31' });
    expect(lines(before, after)).toEqual([
      '-: x (newest) → -:  (newest)',
      'new:  (1.35) → new: a (1.35)',
      'old: a (1.28) → old:  (1.28)',
      'staging: a (1.31) → staging: b (1.31)',
    ]);
    expect(lines(before, after, { kubernetes: '1.29' })[3]).toBe('staging: a (1.29) → staging: b (1.29)');
  });

  it('takes both sides for one cluster where one of them names no environment', () => {
    const named = setOf(['staging/a'], { staging: '1.30' });
    expect(lines(setOf(['a']), named)).toEqual(['staging: a (1.30) → staging: a (1.30)']);
    expect(lines(named, setOf(['a', 'b']))).toEqual(['staging: a (1.30) → staging: a b (1.30)']);
    expect(lines(setOf(['a']), setOf(['a']))).toEqual(['-: a (newest) → -: a (newest)']);
  });

  it('takes no side for that of several environments', () => {
    const named = setOf(['staging/a', 'production/b'], { staging: '1.30', production: '1.31' });
    expect(lines(setOf(['a']), named)).toEqual(['-: a (newest) → -: a b (newest)']);
  });

  it('keeps environments apart against a side without objects', () => {
    expect(lines(setOf([]), setOf(['staging/a', 'production/a'], { staging: '1.30' }))).toEqual([
      'production:  (newest) → production: a (newest)',
      'staging:  (1.30) → staging: a (1.30)',
    ]);
    expect(clusterPairs(setOf([]), setOf([]))).toEqual([]);
    expect(() => clusterPairs(setOf([]), setOf([]), { kubernetes: '0.9' })).toThrow('0.9');
  });
});

test('a set names no environment where it has objects, and none of them has one', () => {
  expect([['a'], ['a', 'staging/a'], []].map((names) => namesNoEnvironment(setOf(names)))).toEqual([
    true,
    false,
    false,
  ]);
});
