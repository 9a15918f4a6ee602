import { formatId, type KubeObject, type ObjectId } from '../../manifest/manifest';
import type { Cluster } from '../client/cluster';
import { getObject } from '../client/objects';
import { failed } from '../client/refusal';
import type { ApiResource } from '../client/resources';

/**
 * An object that could be read before, as it is now; undefined once it is gone.
 *
 * @throws SeaworthyError CLUSTER_FORBIDDEN, CLUSTER_FAILED
 */
export async function reread(
  cluster: Cluster,
  resource: ApiResource,
  id: ObjectId,
  signal?: AbortSignal,
): Promise<KubeObject | undefined> {
  const found = await getObject(cluster, resource, id, signal);
  return found.refusal === undefined ? found.object : failed(found.refusal, `get ${formatId(id)}`);
}
