import type { Expander, PoolOption } from '../../fit/pools/expander';
import type { Growth, PoolGrowth } from '../../fit/result';
import { counted, listed } from '../counts';

/** What the numbers are worth. */
export const ESTIMATE =
  'An estimate of cluster-autoscaler, which tries pods on a node like those of the pool; quotas, other autoscalers and its own settings may change it.';

/** `With 3 more nodes of autoscaled pools, all pods find a node, for 105.12 more a month`. */
export function growthSummary({ steps, pending, monthlyPrice, complete }: Growth): string {
  const nodes = steps.reduce((sum, each) => sum + each.nodes, 0);
  const cut = complete ? '' : '; more may help, as so large a cluster is not tried to the end';
  if (nodes === 0) return `No pool that may grow has a node for what stays pending${cut}`;
  const left =
    pending.length === 0
      ? 'all pods find a node'
      : `${counted(pending.length, 'pod')} still ${pending.length === 1 ? 'stays' : 'stay'} pending`;
  const price = monthlyPrice === undefined ? '' : `, for ${monthlyPrice.toFixed(2)} more a month`;
  return `With ${counted(nodes, 'more node')} of autoscaled pools, ${left}${price}${cut}`;
}

/** `3 to 5 nodes of at most 10 (2 in eu-1a), for 4 pods: leaves 12 % of CPU and memory unused; batch 40 %`. */
export function growthSentence(step: PoolGrowth, { expander }: Growth): string {
  const { from, to, max, pods, zones, monthlyPrice, considered } = step;
  const places = Object.entries(zones).map(([zone, count]) => `${count} in ${zone}`);
  const where = places.length === 0 ? '' : ` (${listed(places)})`;
  const price = monthlyPrice === undefined ? '' : `, ${monthlyPrice.toFixed(2)} a month`;
  const others = considered.filter(({ pool }) => pool !== step.pool);
  const why =
    others.length === 0
      ? 'the only pool that helps'
      : `${MEASURES[expander](step)}; ${others.map((each) => `${each.pool} ${counted(each.nodes, 'node')} for ${counted(each.pods, 'pod')}, ${MEASURES[expander](each)}`).join('; ')}`;
  return `grows from ${from} to ${counted(to, 'node')} of at most ${max}${where}, for ${counted(pods, 'pod')}${price}: ${why}`;
}

const MEASURES: Readonly<Record<Expander, (option: PoolOption) => string>> = {
  'least-waste': ({ waste }) => `leaves ${Math.round(waste * 100)} % of CPU and memory unused`,
  price: ({ monthlyPrice, pods }) =>
    monthlyPrice === undefined ? 'no price' : `${(monthlyPrice / pods).toFixed(2)} a month for each pod`,
  priority: () => 'by the order of the pools',
};
