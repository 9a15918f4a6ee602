import { SeaworthyError } from '../../errors';
import type { Cluster } from '../../graph/cluster';
import { ManifestSet } from '../../manifest/set';
import { appAgainstOutput } from '../plan/of-app';
import type { Context } from '../terminal/context';
import type { FitFlags } from './flags';

/** What is placed on the nodes of one cluster. */
export interface FitSet {
  /** Name of the environment; null for files. */
  readonly environment: string | null;
  readonly set: ManifestSet;
  readonly profile: Cluster['profile'];
  /** What runs before a rollout. @default the set itself */
  readonly before?: ManifestSet;
}

/** The app with its output, on disk or at a revision, as what runs now; nothing where there is no output yet. */
export async function setsAgainstOutput(flags: FitFlags, context: Context): Promise<FitSet[] | undefined> {
  const { app, timeout, environment, base } = flags;
  const options = {
    ...(app !== undefined && { app }),
    ...(timeout !== undefined && { timeout }),
    ...(environment !== undefined && { environment }),
    ...(base !== undefined && { base }),
  };
  try {
    const { before, after, clusters } = await appAgainstOutput(options, context);
    return [...after.places].map(([place, manifests]) => {
      const profile = clusters.get(place)?.profile ?? {};
      return {
        environment: place === '' ? null : place,
        set: ManifestSet.from(manifests, new Map([[environmentIn(place), profile]])),
        profile,
        before: ManifestSet.from(before.places.get(place) ?? []),
      };
    });
  } catch (error) {
    if (!(error instanceof SeaworthyError) || error.code !== 'NO_OUTPUT' || base !== undefined) throw error;
    context.terminal.say('There is no output yet: every workload rolls.', context.terminal.err.dim);
    return undefined;
  }
}

/** `production` of `shop/production`. */
function environmentIn(place: string): string {
  return place.slice(place.lastIndexOf('/') + 1);
}
