import { SeaworthyError } from '../../errors';
import type { Cluster } from '../client/cluster';
import { listObjects } from '../client/objects';
import { Resources } from '../client/resources';
import { CrashLogs } from './log';
import { statusOf } from './of';
import { isForgivable, LISTED, scopeOf, selectionOf, type StatusOptions } from './scope';
import type { ClusterStatus } from './types';

/**
 * How the workloads in a cluster do, and their pods. It only reads, and needs to `list` them; what the user may not list is
 * named in the result.
 *
 * @throws SeaworthyError CLUSTER_FORBIDDEN if pods may not be listed, CLUSTER_UNREACHABLE, CLUSTER_UNAUTHORIZED,
 * CLUSTER_FAILED; USAGE for a selector that is none
 */
export async function status(cluster: Cluster, options: StatusOptions = {}): Promise<ClusterStatus> {
  const scope = scopeOf(cluster, options);
  const resources = new Resources(cluster);
  const forbidden = new Set<string>();
  const lists = scope.namespaces.flatMap((namespace) =>
    LISTED.map(async (kind) => {
      const resource = await resources.of(kind);
      if (resource === undefined) return [];
      return listObjects(cluster, resource, selectionOf(kind.kind, namespace)).catch((error: unknown) => {
        if (!isForbidden(error) || !isForgivable(kind.kind)) throw error;
        forbidden.add(resource.plural);
        return [];
      });
    }),
  );
  const objects = (await Promise.all(lists)).flat();
  const workloads = statusOf(objects, Date.now(), scope.choice);
  if (options.logs === false) return { workloads, forbidden: [...forbidden].sort() };
  const logs = await new CrashLogs(cluster).added(workloads, objects);
  if (logs.isForbidden) forbidden.add('pods/log');
  return { workloads: logs.workloads, forbidden: [...forbidden].sort() };
}

function isForbidden(error: unknown): boolean {
  return error instanceof SeaworthyError && error.code === 'CLUSTER_FORBIDDEN';
}
