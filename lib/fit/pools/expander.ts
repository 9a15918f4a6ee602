/** How an autoscaler chooses among pools that would help, as cluster-autoscaler calls it. */
export const EXPANDERS = ['least-waste', 'price', 'priority'] as const;

/** `priority`: the pool that stands first in the profile. */
export type Expander = (typeof EXPANDERS)[number];

/** What comes of adding nodes to one pool. */
export interface PoolOption {
  readonly pool: string;
  /** How many nodes it takes. */
  readonly nodes: number;
  /** How many pods find a node that found none before. */
  readonly pods: number;
  /** The share of CPU and memory of the new nodes that their pods leave unused, from 0 to 1. */
  readonly waste: number;
  /** What the new nodes cost in a month of 730 hours; only where the pool has a price. */
  readonly monthlyPrice?: number;
}

/**
 * The best of some options, the first one of equals. By price, the pool with the least for each pod is taken; pools without
 * a price come last.
 *
 * @source k8s.io/autoscaler/cluster-autoscaler expander/waste/waste.go BestOption
 */
export function bestOption<O extends PoolOption>(options: readonly O[], expander: Expander): O | undefined {
  const measure = MEASURES[expander];
  return options.reduce<O | undefined>(
    (best, each) => (best === undefined || measure(each) < measure(best) ? each : best),
    undefined,
  );
}

const MEASURES: Readonly<Record<Expander, (option: PoolOption) => number>> = {
  'least-waste': ({ waste }) => waste,
  price: ({ monthlyPrice = Infinity, pods }) => monthlyPrice / pods,
  priority: () => 0,
};
