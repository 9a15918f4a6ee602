import { resultOf, type Growth, type PoolGrowth } from '../result';
import { firstOf, type OpenStart, type Simulated } from '../simulate';
import type { FitPod, NodeFacts } from '../state/node';
import { zoneOf } from '../zones';
import { bestOption, type Expander, type PoolOption } from './expander';
import type { GrowingPool } from './growing-pool';

/** So many pods and nodes are looked at in all simulations together: half a minute at most. */
const MOST_LOOKED_AT = 1_000_000;
/**
 * Pods with a lower priority are not worth a node.
 *
 * @source k8s.io/autoscaler/cluster-autoscaler config/flags/flags.go expendable-pods-priority-cutoff
 */
const LEAST_PRIORITY = -10;
const HOURS = 730;

/**
 * Adds nodes to pools until every pod that they help finds one. For each pool, the fewest nodes are found that help as many
 * pods as it can; the expander chooses the pool, and what is left is tried again. All pods that run stay where they are.
 *
 * @source k8s.io/autoscaler/cluster-autoscaler core/scaleup/orchestrator/orchestrator.go ScaleUp
 */
export function growthOf(
  start: OpenStart,
  first: Simulated,
  pools: readonly GrowingPool[],
  expander: Expander,
): Growth {
  return new Grower(start, first, pools, expander).run();
}

interface Trial {
  readonly added: readonly NodeFacts[];
  readonly simulated: Simulated;
  readonly helped: number;
}

class Grower {
  readonly #start: OpenStart;
  readonly #pools: readonly GrowingPool[];
  readonly #expander: Expander;
  #now: Simulated;
  #nodes: readonly NodeFacts[];
  readonly #added = new Map<GrowingPool, number>();
  #work = 0;
  #isCut = false;

  constructor(start: OpenStart, first: Simulated, pools: readonly GrowingPool[], expander: Expander) {
    this.#start = start;
    this.#now = first;
    this.#nodes = start.nodes;
    this.#pools = pools;
    this.#expander = expander;
  }

  run(): Growth {
    const steps: PoolGrowth[] = [];
    while (waiting(this.#now) > 0 && this.#mayTry()) {
      const found = this.#pools.flatMap((pool, index) => {
        const share = (MOST_LOOKED_AT - this.#work) / (this.#pools.length - index);
        return this.#optionOf(pool, this.#work + share) ?? [];
      });
      const best = bestOption(
        found.map(({ option }) => option),
        this.#expander,
      );
      const chosen = found.find(({ option }) => option === best);
      if (chosen === undefined) break;
      steps.push(
        this.#take(
          chosen,
          found.map(({ option }) => option),
        ),
      );
    }
    const prices = steps.map(({ monthlyPrice }) => monthlyPrice);
    return {
      expander: this.#expander,
      steps,
      ...(prices.every((each) => each !== undefined) && {
        monthlyPrice: cents(prices.reduce((a, b) => a + b, 0)),
      }),
      pending: resultOf(this.#now).pending,
      complete: !this.#isCut,
    };
  }

  #take({ pool, trial, option }: Option, considered: readonly PoolOption[]): PoolGrowth {
    const before = this.#added.get(pool) ?? 0;
    this.#added.set(pool, before + option.nodes);
    this.#nodes = [...this.#nodes, ...trial.added];
    this.#now = trial.simulated;
    const from = pool.size + before;
    const zones: Record<string, number> = {};
    for (const node of trial.added) {
      const zone = zoneOf(node);
      if (zone !== undefined) zones[zone] = (zones[zone] ?? 0) + 1;
    }
    return { ...option, from, to: from + option.nodes, max: pool.max, zones, considered };
  }

  /** The fewest nodes of a pool that help as many pods as the pool can; nothing where it helps none. */
  #optionOf(pool: GrowingPool, mostWork: number): Option | undefined {
    const room = pool.max - pool.size - (this.#added.get(pool) ?? 0);
    let high = Math.min(room, waiting(this.#now));
    if (high <= 0 || !this.#mayTry(mostWork)) return undefined;
    let best = this.#try(pool, high);
    const most = best.helped;
    if (most <= 0) return undefined;
    let low = Math.min(high, leastNodes(best)) - 1;
    for (let step = 1, probe = low + 1; high - low > 1 && this.#mayTry();) {
      const trial = this.#try(pool, probe);
      const isEnough = trial.helped >= most;
      if (isEnough) [best, high] = [trial, probe];
      else [low, step] = [probe, 2 * step];
      probe = Math.min(low + (isEnough ? Math.ceil((high - low) / 2) : step), high - 1);
    }
    return { pool, trial: best, option: optionOf(pool, best) };
  }

  #try(pool: GrowingPool, count: number): Trial {
    const added = pool.next(count, this.#nodes);
    const nodes = [...this.#nodes, ...added];
    const simulated = firstOf({ ...this.#start, nodes, isEstimate: true, before: this.#now });
    this.#work += nodes.length + simulated.workloads.reduce((sum, { pods }) => sum + pods.length, 0);
    return { added, simulated, helped: waiting(this.#now) - waiting(simulated) };
  }

  #mayTry(most = MOST_LOOKED_AT): boolean {
    const may = this.#work < most;
    if (!may) this.#isCut = true;
    return may;
  }
}

interface Option {
  readonly pool: GrowingPool;
  readonly trial: Trial;
  readonly option: PoolOption;
}

/** How many pods wait that an autoscaler adds nodes for. Those of DaemonSets are none of them. */
function waiting({ workloads }: Simulated): number {
  let count = 0;
  for (const { pods, isDaemon, priority } of workloads)
    if (!isDaemon && priority >= LEAST_PRIORITY) for (const pod of pods) if (pod.node === undefined) count++;
  return count;
}

function optionOf({ name, hourlyPrice }: GrowingPool, { added, simulated, helped }: Trial): PoolOption {
  const [cpu, memory] = [used(added, simulated, 'cpu'), used(added, simulated, 'memory')];
  return {
    pool: name,
    nodes: added.length,
    pods: helped,
    waste: Math.round(1000 * (1 - (cpu + memory) / 2)) / 1000,
    ...(hourlyPrice !== undefined && { monthlyPrice: cents(hourlyPrice * HOURS * added.length) }),
  };
}

/** What share of a resource of new nodes their pods request, but for those of DaemonSets, as the expander counts it. */
function used(added: readonly NodeFacts[], { simulation }: Simulated, resource: 'cpu' | 'memory'): number {
  let [wanted, has] = [0, 0];
  for (const { name, allocatable } of added) {
    has += allocatable[resource];
    for (const { shape } of podsOn(name, simulation)) wanted += shape.requests[resource];
  }
  return has === 0 ? 1 : wanted / has;
}

function podsOn(name: string, { state }: Simulated['simulation']): FitPod[] {
  return [...(state.node(name)?.pods ?? [])].filter(({ target }) => target === undefined);
}

/** As many nodes as what runs on the new ones needs by its requests alone. */
function leastNodes({ added, simulated }: Trial): number {
  const shares = (['cpu', 'memory'] as const).map((resource) => used(added, simulated, resource));
  const pods = added.reduce((sum, { name }) => sum + podsOn(name, simulated.simulation).length, 0);
  const room = added.reduce((sum, { allocatable }) => sum + allocatable.pods, 0);
  return Math.max(1, Math.ceil(added.length * Math.max(...shares, room === 0 ? 1 : pods / room) - 1e-9));
}

function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
