import { poolNodes } from '../fit/pools/pool-nodes';
import { allocatableOf } from './allocatable';
import type { ClusterProfile, NodePool } from './cluster-profile';
import { instanceTypes } from './instance-types';
import { nodePoolProblems, nodePoolsOf } from './node-pools';

function offer(name: string, kubernetes?: string, pods?: number): Record<string, string> {
  const type = instanceTypes().get(name);
  if (type === undefined) throw new Error(`${name} is not known`);
  return allocatableOf(type, kubernetes, pods);
}

describe('what a node of an instance type offers', () => {
  it.each([
    // 92.5 % of 8 GiB less 64 MiB on arm64, less 11 MiB for each of 29 pods, 255 MiB and 100 MiB.
    ['m7g.large', { cpu: '1930m', memory: '6844Mi', pods: '29' }],
    ['m7i.large', { cpu: '1930m', memory: '6903Mi', pods: '29' }],
    ['c5.9xlarge', { cpu: '35840m', memory: '65269Mi', pods: '234' }],
    ['m5.24xlarge', { cpu: '95690m', memory: '355262Mi', pods: '737' }],
    ['t3.medium', { cpu: '1930m', memory: '3246Mi', pods: '17' }],
    // 25 % of 4 GiB, 20 % of 4 GiB, 10 % of 8 GiB, and 100 MiB.
    ['n2-standard-4', { cpu: '3920m', memory: '13621Mi', pods: '110' }],
    ['n1-standard-1', { cpu: '940m', memory: '2780Mi', pods: '110' }],
  ])('%s follows from the formula of its cloud', (name, expected) => {
    expect(offer(name)).toEqual(expected);
  });

  it('depends on the release on AKS, and on the pods that it takes', () => {
    // The two examples of the page of Azure, and 7.25 GB there.
    expect(offer('Standard_D2s_v5', '1.31')).toEqual({ cpu: '1900m', memory: '7442Mi', pods: '30' });
    expect(offer('Standard_F2s_v2', undefined, 70)).toEqual({ cpu: '1900m', memory: '2972Mi', pods: '70' });
    expect(offer('Standard_D2s_v5', 'v1.28.3')).toEqual({ cpu: '1900m', memory: '5598Mi', pods: '30' });
    expect(offer('Standard_D64s_v5')['cpu']).toBe('63260m');
  });

  it('is less memory where more pods are set', () => {
    const pool: NodePool = { name: 'a', instanceType: 'm7g.large', allocatable: { pods: '110' }, size: 1 };
    expect(nodePoolsOf({ nodePools: [pool] })[0]?.allocatable).toEqual({
      cpu: '1930m',
      memory: '5953Mi',
      pods: '110',
    });
    expect(poolNodes({ provider: 'eks', nodePools: [pool] })[0]?.labels).toMatchObject({
      'node.kubernetes.io/instance-type': 'm7g.large',
      'kubernetes.io/arch': 'arm64',
      'eks.amazonaws.com/nodegroup': 'a',
    });
  });
});

describe('an instance type', () => {
  const problem = (instanceType: string, more: Partial<ClusterProfile> = {}): unknown => {
    const [first] = nodePoolProblems({ nodePools: [{ name: 'a', instanceType, size: 1 }], ...more });
    return first && [first.code, first.path, first.message, first.hint];
  };

  it('that is not known is refused with those that are called alike', () => {
    expect(problem('m7g.larg', { provider: 'eks' })).toEqual([
      'INVALID_PROP',
      'nodePools[0].instanceType',
      'Unsupported value: "m7g.larg": nothing is known of it',
      expect.stringMatching(/^Did you mean m7g.large, .* or .*\? Set allocatable/),
    ]);
    expect(() => poolNodes({ nodePools: [{ name: 'a', instanceType: 'x9.large', size: 1 }] })).toThrow(
      'nothing is known of it',
    );
  });

  it('of another cloud is refused', () => {
    expect(problem('n2-standard-4', { provider: 'eks' })).toEqual(
      expect.arrayContaining(['Invalid value: "n2-standard-4": not a type of eks']),
    );
    expect(problem('n2-standard-4', { provider: 'gke' })).toBeUndefined();
    expect(problem('n2-standard-4')).toBeUndefined();
  });

  it('that is not known says nothing where allocatable does', () => {
    expect(
      nodePoolProblems({ nodePools: [{ name: 'a', instanceType: 'x9', allocatable: { cpu: '4' } }] }),
    ).toEqual([]);
  });
});
