import type { Manifest } from '../../manifest/manifest';
import type { Seen } from '../cluster/assumed';
import type { ClusterFlags } from '../options/cluster';
import type { Context } from '../terminal/context';

/** Reads what a cluster has beside manifests. What talks to clusters is loaded for this alone. */
export async function lookAt(
  manifests: readonly Manifest[],
  flags: ClusterFlags,
  context: Context,
): Promise<Seen> {
  return (await import('../cluster/seen')).seenIn(manifests, flags, context);
}
