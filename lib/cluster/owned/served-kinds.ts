import type { Cluster } from '../client/cluster';
import { failed } from '../client/refusal';
import type { ApiResource, Resources } from '../client/resources';
import { groupOf } from '../../manifest/manifest';
import { recordsAt, textAt } from '../fields';
import { kindIn } from './record';

/**
 * How the objects of a kind are addressed, in the version that the server prefers of those that serve it; undefined for a
 * kind that it does not serve, whose definition is gone, and its objects with it.
 *
 * @param groupKind `Deployment.apps`
 * @throws SeaworthyError CLUSTER_FORBIDDEN, CLUSTER_FAILED
 */
export async function servedKind(
  cluster: Cluster,
  resources: Resources,
  groupKind: string,
): Promise<ApiResource | undefined> {
  const { apiVersion, kind } = kindIn(groupKind);
  for (const version of await versionsOf(cluster, groupOf(apiVersion))) {
    const served = await resources.servedIn(version);
    const found = served.find((resource) => resource.kind === kind);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The versions of a group, the preferred one first. */
async function versionsOf(cluster: Cluster, group: string): Promise<readonly string[]> {
  if (group === '') return ['v1'];
  const answer = await cluster.request({ method: 'GET', path: `/apis/${group}` });
  if (answer.refusal?.code === 404) return [];
  if (answer.refusal !== undefined) failed(answer.refusal, `list the versions of ${group}`);
  const preferred = textAt(answer.body, 'preferredVersion', 'groupVersion');
  const versions = recordsAt(answer.body, 'versions').map((version) => textAt(version, 'groupVersion'));
  return [...new Set([preferred, ...versions])].filter((version) => version !== '');
}
