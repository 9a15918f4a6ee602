import type { Cluster } from '../../cluster/client/cluster';
import { connect } from '../../cluster/client/connect';
import type { ClusterFlags } from '../options/cluster';
import type { Context } from '../terminal/context';
import { collectEarlier } from '../terminal/heap';

/**
 * Connects to the cluster that the options name, and closes the connections when `use` has ended. Ctrl-C ends what it asks.
 *
 * @throws SeaworthyError as `connect` does, and `use`
 */
export async function inCluster<T>(
  { kubeconfig, context: name }: ClusterFlags,
  { io }: Context,
  use: (cluster: Cluster) => Promise<T>,
): Promise<T> {
  // What talks to a cluster lets go of each answer once it is told.
  collectEarlier();
  const file = kubeconfig ?? io.env['KUBECONFIG'] ?? '';
  const cluster = await connect({
    ...(file !== '' && { kubeconfig: file }),
    ...(name !== undefined && { context: name }),
  });
  try {
    return await use(cluster);
  } finally {
    cluster.close();
  }
}
