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
  const found = known.get(steps) ?? settled(steps);
  known.set(steps, found);
  return found;
}

function staysOld({ effect, kept, notApplied }: Step['change']): boolean {
  return effect === 'rejected' || kept !== undefined || notApplied !== undefined;
}

function settled({ steps, after }: Steps): Cluster {
  const isSettled = !steps.some(({ change }) => staysOld(change));
  if (isSettled) return after;
  const there = steps.flatMap(({ change }): Manifest[] => {
    const manifest = staysOld(change) ? change.before : change.after;
    return manifest === undefined ? [] : [manifest];
  });
  const { profile, environment, kubernetes, assumed } = after;
  return new Cluster(ManifestSet.from(there), profile, { environment, kubernetes, assume: assumed });
}
