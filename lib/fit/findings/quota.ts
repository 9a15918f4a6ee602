import type { Report } from '../../check/rule';
import { fieldOf } from './field';
import type { Judgement } from './judgement';
import { byWorkload, ofWorkload } from './placements';
import { share } from './words';

const HINT = 'Raise the quota, or run fewer or smaller pods in its namespace.';

/** Pods that a quota refuses. */
export function quota({ cluster, fit, workloads }: Judgement, report: Report): void {
  const byKey = byWorkload(fit.pending.filter(({ refusedBy }) => refusedBy !== undefined));
  for (const { id, manifest, pods } of workloads) {
    const refused = ofWorkload(byKey, id);
    const [first] = refused;
    if (first === undefined) continue;
    const who = share(refused.length, pods.length, 'is never created', 'are never created');
    const why = (first.message ?? '').replace(/^not created: /, '');
    report(manifest, fieldOf(cluster, manifest), `${who}: ${why}`, HINT);
  }
}
