import type { ClusterProfile } from '../../profiles/cluster-profile';
import type { NodeSpec } from '../node-spec';
import { poolNodes } from './pool-nodes';

/**
 * The nodes of a profile whose pools are as large as an autoscaler makes them.
 *
 * @throws SeaworthyError INVALID_NODE as `poolNodes` does
 */
export function fullNodes(profile: ClusterProfile): NodeSpec[] {
  const { nodePools } = profile;
  if (nodePools === undefined) return poolNodes(profile);
  const pools = nodePools.map((pool) => (pool.max === undefined ? pool : { ...pool, size: pool.max }));
  return poolNodes({ ...profile, nodePools: pools });
}
