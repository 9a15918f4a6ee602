import type { Cluster } from '../../cluster/client/cluster';
import { snapshotOf } from '../../cluster/live/snapshot';
import { readSurroundings } from '../../cluster/live/surroundings';
import type { KindPlace, Surroundings } from '../../cluster/live/surroundings-types';
import type { Manifest } from '../../manifest/manifest';
import type { ClusterFlags } from '../options/cluster';
import type { Context } from '../terminal/context';
import type { Seen } from './assumed';
import { placedIn } from './manifests';
import { releaseFor } from './release';
import { inCluster } from './session';

/**
 * Reads what a cluster has beside manifests.
 *
 * @throws SeaworthyError as `connect` and `readSurroundings` do
 */
export function seenIn(manifests: readonly Manifest[], flags: ClusterFlags, context: Context): Promise<Seen> {
  return inCluster(flags, context, async (cluster) => {
    const surroundings = await surroundingsOf(cluster, manifests, context);
    return { ...snapshotOf(surroundings), kubernetes: releaseFor(surroundings.kubernetes, context) };
  });
}

/** The same as it is written to a snapshot; what may not be read is said. */
export async function surroundingsOf(
  cluster: Cluster,
  manifests: readonly Manifest[],
  context: Context,
  namespaces: readonly string[] = [],
): Promise<Surroundings> {
  const set = await placedIn(cluster, manifests);
  const { signal } = context.io;
  const found = await readSurroundings(cluster, set, { namespaces, ...(signal !== undefined && { signal }) });
  for (const line of unreadInWords(found.unread)) context.terminal.say(line);
  return found;
}

function unreadInWords(unread: readonly KindPlace[]): string[] {
  const places = new Map<string, string[]>();
  for (const { plural, namespace } of unread) {
    const where = namespace === undefined ? 'of the cluster' : `in namespace ${namespace}`;
    places.set(where, [...(places.get(where) ?? []), plural]);
  }
  return [...places].map(
    ([where, plurals]) =>
      `You may not list ${plurals.join(', ')} ${where}: what refers to them is taken for right.`,
  );
}
