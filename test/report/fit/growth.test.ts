import { createColors } from 'picocolors';
import type { NodePool } from '../../../lib/profiles/cluster-profile';
import { poolNodes } from '../../../lib/fit/pools/pool-nodes';
import { markdown } from '../../../lib/report/fit/markdown';
import { text } from '../../../lib/report/fit/text';
import { fitted, workload } from '../../fit/objects';

const POOLS: readonly NodePool[] = [
  {
    name: 'web',
    allocatable: { cpu: '2', memory: '4Gi' },
    size: 1,
    max: 3,
    zones: ['a', 'b'],
    hourlyPrice: 0.1,
  },
  { name: 'big', allocatable: { cpu: '16', memory: '32Gi' }, size: 0, max: 1, hourlyPrice: 1 },
];

function parts(
  replicas: number,
  pools = POOLS,
): { parts: [{ environment: null; fit: ReturnType<typeof fitted> }] } {
  const objects = [workload('Deployment', 'api', { replicas })];
  return { parts: [{ environment: null, fit: fitted(objects, poolNodes({ nodePools: pools }), { pools }) }] };
}

describe('the report of a fit', () => {
  const plain = createColors(false);

  it('says which pool grows, why, and what it costs', () => {
    expect(text(parts(4), plain)).toContain(`
With 1 more node of autoscaled pools, all pods find a node, for 73.00 more a month
  web  grows from 1 to 2 nodes of at most 3 (1 in b), for 2 pods, 73.00 a month: leaves 50 % of CPU and memory unused; big 1 node for 2 pods, leaves 94 % of CPU and memory unused
An estimate of cluster-autoscaler`);
    expect(markdown(parts(4), plain)).toContain(
      '✅ With 1 more node of autoscaled pools, all pods find a node, for 73.00 more a month\n\n- `web`: grows from 1 to 2 nodes',
    );
  });

  it('says what stays pending when no pool may grow further', () => {
    const web = POOLS.slice(0, 1);
    expect(text(parts(9, web), plain)).toContain(
      'With 2 more nodes of autoscaled pools, 3 pods still stay pending, for 146.00 more a month\n  web  grows from 1 to 3 nodes of at most 3 (1 in b and 1 in a), for 4 pods, 146.00 a month: the only pool that helps',
    );
    const [first] = web;
    const small = [{ ...first, allocatable: { cpu: '500m' } }] as NodePool[];
    expect(text(parts(1, small), plain)).toContain(
      'No pool that may grow has a node for what stays pending\n',
    );
  });
});
