import { fitted, HOST, node, pod, workload, where, ZONE } from '../../../test/fit/objects';
import type { NodePool } from '../../profiles/cluster-profile';
import type { Fit } from '../result';
import { poolNodes } from './pool-nodes';

const SMALL: NodePool = {
  name: 'small',
  allocatable: { cpu: '2', memory: '4Gi', pods: '20' },
  size: 1,
  max: 10,
};
const LARGE: NodePool = { ...SMALL, name: 'large', allocatable: { cpu: '16', memory: '32Gi' }, size: 0 };

function grown(objects: readonly object[], pools: readonly NodePool[], more: object = {}): Fit {
  return fitted(objects, poolNodes({ nodePools: pools }), { pools, ...more });
}

function steps({ growth }: Fit): unknown {
  return growth?.steps.map(({ pool, from, to, pods }) => [pool, from, to, pods]);
}

describe('pools that an autoscaler grows', () => {
  it('get as few nodes as the pending pods need', () => {
    const fit = grown([workload('Deployment', 'api', { replicas: 7 })], [SMALL]);
    expect(fit.pending).toHaveLength(5);
    expect(steps(fit)).toEqual([['small', 1, 4, 5]]);
    expect(fit.growth).toMatchObject({ pending: [], complete: true });
    expect(fit.growth?.steps[0]?.waste).toBeCloseTo(1 - (5 / 6 + 0) / 2, 3);
  });

  it('get nodes that the pods of DaemonSets take a part of', () => {
    const agent = workload('DaemonSet', 'agent', {}, '1');
    const fit = grown([agent, workload('Deployment', 'api', { replicas: 3 })], [SMALL]);
    expect(steps(fit)).toEqual([['small', 1, 3, 2]]);
  });

  it('grow no further than their maximum, and what is left is told', () => {
    const fit = grown([workload('Deployment', 'api', { replicas: 7 })], [{ ...SMALL, max: 2 }]);
    expect(steps(fit)).toEqual([['small', 1, 2, 2]]);
    expect(fit.growth?.pending.map(({ message }) => message)).toEqual(
      Array(3).fill('0/2 nodes are available: 2 Insufficient cpu.'),
    );
  });

  it('are chosen by what stays unused, by price, or by their order', () => {
    const objects = [workload('Deployment', 'api', { replicas: 3 }, '2')];
    const pools = [
      { ...LARGE, hourlyPrice: 0.1 },
      { ...SMALL, hourlyPrice: 0.2 },
    ];
    const by = (expander: string): unknown => steps(grown(objects, pools, { expander }));
    expect(by('least-waste')).toEqual([['small', 1, 3, 2]]);
    expect(by('price')).toEqual([['large', 0, 1, 2]]);
    expect(by('priority')).toEqual([['large', 0, 1, 2]]);
    const { growth } = grown(objects, pools, { expander: 'price' });
    expect(growth?.monthlyPrice).toBe(73);
    expect(growth?.steps[0]?.considered).toEqual([
      { pool: 'large', nodes: 1, pods: 2, waste: 0.875, monthlyPrice: 73 },
      { pool: 'small', nodes: 2, pods: 2, waste: 0.5, monthlyPrice: 292 },
    ]);
  });

  it('grow one after the other where one alone does not help all pods', () => {
    const tainted = { ...LARGE, taints: [{ key: 'batch', effect: 'NoSchedule' as const }] };
    const tolerations = [{ key: 'batch', operator: 'Exists' }];
    const big = workload('Deployment', 'big', { replicas: 1 }, '8', { tolerations });
    const fit = grown([big, workload('Deployment', 'api', { replicas: 3 })], [SMALL, tainted]);
    expect(steps(fit)).toEqual([
      ['small', 1, 2, 1],
      ['large', 0, 1, 1],
    ]);
    expect(fit.growth?.monthlyPrice).toBeUndefined();
  });

  it('get nodes in the zone with the fewest, and none in one that is lost', () => {
    const pool = { ...SMALL, zones: ['a', 'b', 'c'], size: 2 };
    const spread = {
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: ZONE,
          whenUnsatisfiable: 'DoNotSchedule',
          labelSelector: { matchLabels: { app: 'api' } },
        },
      ],
    };
    const objects = [workload('Deployment', 'api', { replicas: 6 }, '1', spread)];
    expect(grown(objects, [pool]).growth?.steps[0]?.zones).toEqual({ c: 1 });
    const lost = grown([workload('Deployment', 'api', { replicas: 4 })], [pool], { without: ['b'] });
    expect(lost.growth?.steps[0]).toMatchObject({ from: 1, to: 2, zones: { c: 1 } });
  });

  it('are known by the labels of nodes from kubectl, and the next node is like the first', () => {
    const labels = { 'cloud.google.com/gke-nodepool': 'web' };
    const nodes = [node('gke-web-x1', { labels, allocatable: { cpu: '2', memory: '4Gi' } })];
    const pools = [{ name: 'web', labels, max: 3 }];
    const fit = fitted(
      [workload('Deployment', 'api', { replicas: 4 }, '1', { nodeSelector: labels })],
      nodes,
      { pools },
    );
    expect(steps(fit)).toEqual([['web', 1, 2, 2]]);
  });

  it('do not grow for DaemonSets, nor for pods of low priority', () => {
    const low = pod('low', '2', { priorityClassName: 'low' });
    const lowClass = {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: 'low' },
      value: -11,
    };
    const fit = grown(
      [lowClass, workload('DaemonSet', 'agent', {}, '2'), low, pod('a', '1')],
      [{ ...SMALL, size: 1 }],
    );
    expect(where(fit)).toMatchObject({ low: '1 Insufficient cpu' });
    expect(steps(fit)).toEqual([]);
  });

  it('do not grow where no node of theirs helps', () => {
    const fit = grown([pod('a', '1', { nodeSelector: { [HOST]: 'elsewhere' } })], [SMALL]);
    expect(fit.growth).toMatchObject({ steps: [], pending: [{ pod: { name: 'a' } }], complete: true });
  });

  it('are said nothing of where every pod finds a node, or none may grow', () => {
    expect(grown([pod('a')], [SMALL]).growth).toBeUndefined();
    const { max: _, ...fixed } = SMALL;
    expect(grown([pod('a', '4')], [fixed]).growth).toBeUndefined();
  });

  it('have as many nodes as min where they say no size', () => {
    const { size: _, ...open } = SMALL;
    expect(poolNodes({ nodePools: [{ ...open, min: 2 }] }).map(({ name }) => name)).toEqual([
      'small-0',
      'small-1',
    ]);
  });

  it.each([
    [{ min: 3, max: 2, size: 3 }, 'nodePools[0].min', 'more than max, which is 2'],
    [{ min: 1, max: 3, size: 4 }, 'nodePools[0].size', 'keeps from 1 to 3 nodes'],
    [{ min: 2, size: 1 }, 'nodePools[0].size', 'keeps at least 2 nodes'],
    [{ max: 1.5, size: 1 }, 'nodePools[0].max', 'Invalid value: 1.5'],
    [{ size: -1 }, 'nodePools[0].size', 'Invalid value: -1'],
    [{ hourlyPrice: -1 }, 'nodePools[0].hourlyPrice', 'Invalid value: -1'],
    [{ hourlyPrice: NaN }, 'nodePools[0].hourlyPrice', 'Invalid value: NaN'],
  ])('with %j are refused', (wrong, path, message) => {
    const { max: _, ...base } = SMALL;
    const pools = [{ ...base, ...wrong }];
    const problem = { code: 'INVALID_PROP', path, message: expect.stringContaining(message) as string };
    for (const run of [
      () => poolNodes({ nodePools: pools }),
      () => fitted([pod('a', '9')], [node('a')], { pools }),
    ])
      expect(run).toThrow(expect.objectContaining({ problems: [expect.objectContaining(problem)] }) as Error);
  });

  it('are not chosen by an unknown expander', () => {
    expect(() => grown([pod('a')], [SMALL], { expander: 'cheapest' })).toThrow(
      '"least-waste", "price", "priority"',
    );
  });
});
