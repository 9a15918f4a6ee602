import { setFlagsFromString } from 'node:v8';
import type { Cluster } from '../../cluster/client/cluster';
import { connect } from '../../cluster/client/connect';
import type { ClusterFlags } from '../options/cluster';
import type { Context } from '../terminal/context';

/**
 * What talks to a cluster waits for answers most of the time, and lets go of each once it is told. V8 would let that gather
 * until the heap is four times what is in use; with this flag, which Node 20 to 26 know, it is one and a half times.
 */
const COLLECTS = '--heap-growing-percent=50';

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
  setFlagsFromString(COLLECTS);
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
