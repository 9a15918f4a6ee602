import { SeaworthyError } from '../../errors';
import type { NodePool } from '../../profiles/cluster-profile';
import { nodePoolProblems } from '../../profiles/node-pools';
import { readNodes } from '../read-nodes';
import type { NodeFacts } from '../state/node';
import { zoneOf } from '../zones';
import { nodeOf } from './pool-nodes';

/** A node pool to which an autoscaler can add nodes. */
export interface GrowingPool {
  readonly name: string;
  /** How many nodes it has. */
  readonly size: number;
  readonly max: number;
  readonly hourlyPrice: number | undefined;
  /** The next nodes of the pool, spread over its zones. */
  readonly next: (count: number, nodes: readonly NodeFacts[]) => NodeFacts[];
}

/**
 * The pools that may grow beyond the nodes that there are. A node belongs to the pool by whose name it is called, else to
 * one whose labels it has. The next node of a pool is made like its first one, as the autoscaler does it, or as the profile
 * describes it.
 *
 * @param without zones that are lost
 * @throws SeaworthyError INVALID_PROP; INVALID_NODE; INVALID_QUANTITY
 */
export function growingPools(
  pools: readonly NodePool[],
  nodes: readonly NodeFacts[],
  without: readonly string[],
): GrowingPool[] {
  const [first, ...others] = nodePoolProblems({ nodePools: pools });
  if (first !== undefined) throw new SeaworthyError(first, ...others);
  const poolOf = membership(pools);
  return pools.flatMap((pool): GrowingPool[] => {
    const members = nodes.filter((node) => poolOf(node) === pool);
    const { name, max, hourlyPrice } = pool;
    if (max === undefined || max <= members.length) return [];
    const make = templateOf(pool, members[0]);
    const known = pool.zones ?? [...new Set(members.flatMap((node) => zoneOf(node) ?? []))];
    const zones = known.filter((zone) => !without.includes(zone));
    if (make === undefined || (known.length > 0 && zones.length === 0)) return [];
    const next: GrowingPool['next'] = (count, all) => {
      const taken = new Set(all.map((node) => node.name));
      const own = all.filter((node) => poolOf(node) === pool);
      const inZone = new Map(zones.map((zone) => [zone, own.filter((node) => zoneOf(node) === zone).length]));
      const made: NodeFacts[] = [];
      for (let index = own.length; made.length < count; index++) {
        if (taken.has(`${name}-${index}`)) continue;
        const [zone] = [...inZone].reduce<readonly [string | undefined, number]>(
          (least, each) => (each[1] < least[1] ? each : least),
          [undefined, Infinity],
        );
        if (zone !== undefined) inZone.set(zone, (inZone.get(zone) ?? 0) + 1);
        made.push(make(`${name}-${index}`, zone));
      }
      return made;
    };
    return [{ name, size: members.length, max, hourlyPrice, next }];
  });
}

/** How the pool makes a node; `undefined` where neither a node of it nor the profile says what one offers. */
function templateOf(
  pool: NodePool,
  like: NodeFacts | undefined,
): ((name: string, zone: string | undefined) => NodeFacts) | undefined {
  if (pool.allocatable === undefined && like === undefined) return undefined;
  const [own] = readNodes([
    nodeOf({ ...pool, ...(pool.allocatable === undefined && STAND_IN) }, pool.name, undefined),
  ]);
  if (own === undefined) return undefined;
  const base = like ?? own;
  return (name, zone) => ({
    ...base,
    name,
    images: [],
    isUnschedulable: false,
    labels: { ...base.labels, ...nodeOf(pool, name, zone).labels },
  });
}

/** A node of the pool is there to say what it really offers. */
const STAND_IN = { allocatable: { cpu: '1' } };

/** To which pool a node belongs. */
function membership(pools: readonly NodePool[]): (node: NodeFacts) => NodePool | undefined {
  const byName = new Map(pools.map((pool) => [pool.name, pool]));
  const byLabels = pools
    .map((pool) => ({ pool, labels: Object.entries(pool.labels ?? {}) }))
    .filter(({ labels }) => labels.length > 0)
    .sort((a, b) => b.labels.length - a.labels.length);
  return ({ name, labels: has }) =>
    byName.get(/^(.+)-\d+$/.exec(name)?.[1] ?? '') ??
    byLabels.find(({ labels }) =>
      labels.every(([key, value]) => Object.hasOwn(has, key) && has[key] === value),
    )?.pool;
}
