import type { ClusterProfile } from '../profiles/cluster-profile';
import { ManifestSet } from '../manifest/set';
import { Cluster } from './cluster';
import { describeDomains, domainsFor } from './nodes';
import { podsOf } from './pods';

const ZONE = 'topology.kubernetes.io/zone';
const HOSTNAME = 'kubernetes.io/hostname';

const node = (name: string, labels: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels },
});

/** The zones and nodes for a pod with a selector of nodes. */
function domains(nodes: object[], profile: ClusterProfile = {}, nodeSelector: object = {}) {
  const spec = { containers: [{ name: 'main' }], nodeSelector };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec };
  const cluster = new Cluster(ManifestSet.of([pod]), profile, { assume: ManifestSet.of(nodes) });
  const [pods] = podsOf(cluster);
  if (pods === undefined) throw new Error('no pods');
  return [ZONE, HOSTNAME, 'rack'].map((key) => domainsFor(cluster, pods, key));
}

describe('of Node objects', () => {
  const nodes = [
    node('a', { [ZONE]: 'x', gpu: 'yes' }),
    node('b', { [ZONE]: 'x' }),
    node('c', { [ZONE]: 'y', gpu: 'no' }),
  ];

  it('each zone counts once, and each node', () => {
    expect(domains(nodes)).toEqual([2, 3, undefined]);
  });

  it('those without a zone leave the number of zones unknown', () => {
    expect(domains([...nodes, node('d')])).toEqual([undefined, 4, undefined]);
  });

  it('those with another value of a label that the pod asks for do not count', () => {
    expect(domains(nodes, {}, { gpu: 'yes' })).toEqual([1, 2, undefined]);
    expect(domains(nodes, {}, { gpu: 'yes', [ZONE]: 'y' })).toEqual([undefined, undefined, undefined]);
  });

  it('stand before the pools of the profile', () => {
    expect(domains(nodes, { nodePools: [{ name: 'pool', zones: ['p', 'q', 'r'], size: 9 }] })).toEqual([
      2,
      3,
      undefined,
    ]);
  });
});

describe('of the pools of a profile', () => {
  it('each zone counts once, and the sizes add up', () => {
    const nodePools = [
      { name: 'a', zones: ['x', 'y'], size: 3 },
      { name: 'b', zones: ['y', 'z'], size: 2, labels: { gpu: 'yes' } },
    ];
    expect(domains([], { nodePools })).toEqual([3, 5, undefined]);
    expect(domains([], { nodePools }, { gpu: 'no' })).toEqual([2, 3, undefined]);
  });

  it('those that do not say leave the number unknown', () => {
    expect(
      domains([], {
        nodePools: [
          { name: 'a', zones: ['x'] },
          { name: 'b', size: 1 },
        ],
      }),
    ).toEqual([undefined, undefined, undefined]);
  });
});

test('nothing is known without nodes and pools', () => {
  expect(domains([])).toEqual([undefined, undefined, undefined]);
});

test.each([
  [ZONE, 1, '1 zone'],
  [ZONE, 2, '2 zones'],
  [HOSTNAME, 1, '1 node'],
  [HOSTNAME, 0, '0 nodes'],
])('%s %d is %s', (key, count, text) => expect(describeDomains(key, count)).toBe(text));
