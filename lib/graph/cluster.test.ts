import type { SeaworthyError } from '../errors';
import { latestRelease } from '../kube/schema';
import { ManifestSet } from '../manifest/set';
import { Cluster } from './cluster';
import { knownOf, objectsOf } from './objects';

const secret = (name: string, namespace?: string) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, ...(namespace !== undefined && { namespace }) },
});
const set = ManifestSet.of([secret('a', 'shop'), secret('b')]);

describe('the release of a cluster', () => {
  it('is the one asked for, that of the profile, or the newest', () => {
    expect(new Cluster(set, { kubernetes: '1.30' }, { kubernetes: '1.29' }).kubernetes).toBe('1.29');
    expect(new Cluster(set, { kubernetes: '1.30' }).kubernetes).toBe('1.30');
    expect(new Cluster(set).kubernetes).toBe(latestRelease);
  });

  it('is one that is known', () => {
    expect(() => new Cluster(set, {}, { kubernetes: '1.2' })).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_KUBERNETES' }) as SeaworthyError,
    );
  });
});

test('what is derived from a cluster is derived once', () => {
  const cluster = new Cluster(set);
  let times = 0;
  const derive = (): undefined => void (times += 1);
  expect([cluster.derived(derive), cluster.derived(derive)]).toEqual([undefined, undefined]);
  expect(times).toBe(1);
  new Cluster(set).derived(derive);
  expect(times).toBe(2);
});

describe('objects of a kind', () => {
  const cluster = new Cluster(set, {}, { assume: ManifestSet.of([secret('c')]) });

  it('are those to judge, and after them those that are in the cluster already', () => {
    const names = (entries: readonly { manifest: { id: { name: string } } }[]) =>
      entries.map(({ manifest }) => manifest.id.name);
    expect(names(objectsOf(cluster, '/Secret'))).toEqual(['a', 'b']);
    expect(names(knownOf(cluster, '/Secret'))).toEqual(['a', 'b', 'c']);
    expect(names(knownOf(new Cluster(set), '/Secret'))).toEqual(['a', 'b']);
    expect(names(knownOf(cluster, '/ConfigMap'))).toEqual([]);
  });

  it('are in the namespace that they say, or in the one of the client', () => {
    expect(objectsOf(cluster, '/Secret').map(({ namespace }) => namespace)).toEqual(['shop', 'default']);
  });

  it('have their fields to read', () => {
    expect(objectsOf(cluster, '/Secret').map(({ root }) => root.at('metadata', 'name').text)).toEqual([
      'a',
      'b',
    ]);
  });
});
