import type { Report } from '../../check/rule';
import type { Growth } from '../result';
import { fieldOf } from './field';
import type { Judgement } from './judgement';
import { byWorkload, ofWorkload } from './placements';
import { share } from './words';

const HINT =
  'Set a larger size of the pool, or let the autoscaler add the nodes: seaworthy fit shows which pool grows, and why.';

/** Pods that find a node only when an autoscaler has made node pools larger: how large, and for how much. */
export function poolGrowth({ cluster, fit, atSize, workloads }: Judgement, report: Report): void {
  if (atSize?.growth === undefined || atSize.growth.steps.length === 0) return;
  const { growth } = atSize;
  const [before, after] = [byWorkload(atSize.pending), byWorkload(fit.pending)];
  for (const { id, manifest, pods } of workloads) {
    const waiting = ofWorkload(before, id);
    const helped = waiting.length - ofWorkload(after, id).length;
    if (helped <= 0) continue;
    const who = share(helped, pods.length, 'finds a node', 'find a node');
    const message = `${who} only when ${growthOf(growth)}`;
    report(manifest, fieldOf(cluster, manifest, waiting[0]?.reasons), message, HINT, 'info');
  }
}

/** `pool general grows from 1 to 3 nodes (at most 10), for 277.40 more a month`. */
function growthOf({ steps, monthlyPrice, complete }: Growth): string {
  const pools = steps.map(
    ({ pool, from, to, max }) =>
      `pool ${pool} grows from ${from} to ${complete ? '' : 'at least '}${to} nodes (at most ${max})`,
  );
  const price = monthlyPrice === undefined ? '' : `, for ${monthlyPrice.toFixed(2)} more a month`;
  return `${pools.join(' and ')}${price}`;
}
