import { Cluster } from '../../graph/cluster';
import type { Manifest } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import type { Step, Steps } from './rule';

const known = new WeakMap<Steps, Cluster>();

/**
 * The cluster after the change: without what the API server rejects or nobody applies, which stays as it was, and with what
 * is kept there although the new set does not have it.
 */
export function settledAfter(steps: Steps): Cluster {
  let found = known.get(steps);
  if (found === undefined) {
    const changes = steps.steps.map(({ change }) => change);
    known.set(steps, (found = settledBy(changes, steps.after)));
  }
  return found;
}

/** The same, by the changes alone. */
export function settledBy(changes: readonly Step['change'][], after: Cluster): Cluster {
  if (!changes.some(staysOld)) return after;
  const there = changes.flatMap((change): Manifest[] => {
    const manifest = staysOld(change) ? change.before : change.after;
    return manifest === undefined ? [] : [manifest];
  });
  const { profile, environment, kubernetes, assumed } = after;
  return new Cluster(ManifestSet.from(there), profile, { environment, kubernetes, assume: assumed });
}

function staysOld({ effect, kept, notApplied }: Step['change']): boolean {
  return effect === 'rejected' || kept !== undefined || notApplied !== undefined;
}
