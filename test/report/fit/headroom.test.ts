import { createColors } from 'picocolors';
import { poolNodes } from '../../../lib/fit/pools/pool-nodes';
import { markdown } from '../../../lib/report/fit/markdown';
import { text } from '../../../lib/report/fit/text';
import { fitted, workload } from '../../fit/objects';

const nodes = poolNodes({
  nodePools: [{ name: 'web', allocatable: { cpu: '2', memory: '4Gi' }, size: 1, zones: ['a'] }],
});

it('says how many more pods of each workload find a node, and why the next does not', () => {
  const fit = fitted([workload('Deployment', 'api', { replicas: 1 })], nodes, { headroom: true });
  const parts = [{ environment: null, fit }];
  const [room] = fit.headroom ?? [];
  expect(room?.message).toContain('0/1 nodes are available');
  expect(text({ parts }, createColors(false))).toContain(
    `MORE  WORKLOAD\n   ${room?.more}  Deployment default/api\n      ${room?.message}`,
  );
  expect(markdown({ parts }, createColors(false))).toContain(
    `| \`Deployment default/api\` | ${room?.more} | \`${room?.message}\` |`,
  );
});
