import { spreadCounts } from '../state/spread-counts';
import type { DomainCounts } from '../state/pod-counter';
import { lasting, passing, type Filter } from './filter';

const NAME = 'PodTopologySpread';
const NO_LABEL = lasting(
  NAME,
  "node(s) didn't match pod topology spread constraints (missing required label)",
);
const SKEWED = passing(NAME, "node(s) didn't match pod topology spread constraints");

/**
 * No domain has more than `maxSkew` pods more than the one with the fewest. Domains of nodes that node affinity leaves out
 * do not count, those of tainted nodes do, unless the policies say otherwise. With fewer domains than `minDomains`, the
 * fewest is 0.
 *
 * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/podtopologyspread/filtering.go Filter 1.36
 */
export const podTopologySpread: Filter = {
  name: NAME,
  hangsOn: 'cluster',
  for({ shape }, state) {
    if (shape.spread.length === 0) return undefined;
    const keys = shape.spread.map(({ topologyKey }) => topologyKey);
    const constraints = shape.spread.map((constraint) => {
      const counts = spreadCounts(state, shape, constraint, keys);
      const self = constraint.acceptsItself ? 1 : 0;
      return { counts, most: constraint.maxSkew + fewest(counts, constraint.minDomains) - self };
    });
    return (node) => {
      for (const { counts, most } of constraints) {
        if (counts.topology.domain(node) < 0) return NO_LABEL;
        if (counts.at(node) > most) return SKEWED;
      }
      return undefined;
    };
  },
};

function fewest({ present, byDomain }: DomainCounts, minDomains: number): number {
  if (present.length < minDomains) return 0;
  let least = Infinity;
  for (const domain of present) least = Math.min(least, byDomain[domain] ?? 0);
  return least;
}
