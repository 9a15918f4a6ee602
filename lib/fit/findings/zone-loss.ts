import type { Report } from '../../check/rule';
import { resultOf } from '../result';
import { zoneOf, zonesOf } from '../zones';
import { fieldOf } from './field';
import type { Judgement } from './judgement';
import { byWorkload, ofWorkload } from './placements';
import { share } from './words';

/** Pods without a node when one of several zones is lost, at the worst of them. */
export function zoneLoss(judgement: Judgement, report: Report): void {
  const { cluster, fit, nodes, workloads } = judgement;
  const zones = zonesOf(nodes);
  if (zones.length < 2) return;
  const before = byWorkload(fit.pending);
  const lost = zones.map((zone) => {
    const left = nodes.filter((node) => zoneOf(node) !== zone);
    return { zone, pending: byWorkload(resultOf(judgement.on(left)).pending) };
  });
  for (const { id, manifest, pods } of workloads) {
    if (ofWorkload(before, id).length > 0) continue;
    const losses = lost.map(({ zone, pending }) => ({ zone, own: ofWorkload(pending, id) }));
    const [worst] = losses.toSorted((a, b) => b.own.length - a.own.length);
    const example = worst?.own[0];
    if (worst === undefined || example === undefined) continue;
    const who = share(worst.own.length, pods.length, 'finds no node', 'find no node');
    const isByVolume = worst.own.every(({ message = '' }) => BY_VOLUME.test(message));
    const hint = isByVolume ? VOLUME_HINT : HINT;
    const text = `${who} when zone ${worst.zone} is lost: ${example.message ?? ''}`;
    report(
      manifest,
      fieldOf(cluster, manifest, example.reasons),
      text,
      hint,
      isByVolume ? 'info' : undefined,
    );
  }
}

/** What is said of a pod whose volume stays in another zone, and of those behind it in a StatefulSet. */
const BY_VOLUME = /PersistentVolume's node affinity|^not created: it waits for/;
const HINT = 'Make room in the other zones.';
const VOLUME_HINT =
  'Its volume is in that zone, and the pod waits until the zone is back: have replicas in other zones.';
