import type { Report } from '../../check/rule';
import { identityKey } from '../../manifest/manifest';
import { fieldOf } from './field';
import type { Judgement } from './judgement';
import { byReason, byWorkload, ofWorkload } from './placements';
import { share } from './words';

const HINT = 'seaworthy fit shows how full each node is.';

/** Pods that no node takes. */
export function pending({ cluster, fit, workloads }: Judgement, report: Report): void {
  const byKey = byWorkload(fit.pending.filter(({ refusedBy }) => refusedBy === undefined));
  const doubts = new Map(fit.doubts.map((doubt) => [identityKey(doubt.workload), doubt]));
  for (const { id, manifest, pods } of workloads) {
    const groups = byReason(ofWorkload(byKey, id));
    for (const group of groups) {
      const { reasons, message = '' } = group[0] ?? {};
      const who = share(group.length, pods.length, 'finds no node', 'find no node');
      report(manifest, fieldOf(cluster, manifest, reasons), `${who}: ${message}`, HINT);
    }
    const doubt = doubts.get(identityKey(id));
    if (doubt === undefined || groups.length > 0) continue;
    const { least, example } = doubt;
    const who = share(pods.length - least, pods.length, 'finds no node', 'find no node');
    const message = `${who} if the scheduler draws otherwise among equally good nodes: ${example.message ?? ''}`;
    report(manifest, fieldOf(cluster, manifest, example.reasons), message, HINT, 'warning');
  }
}
