import { SeaworthyError } from '../../errors';
import { identityKey, type KubeObject } from '../../manifest/manifest';
import type { Cluster } from '../client/cluster';
import type { AppName } from '../owned/record';
import { history, readRevision } from './history';

/**
 * The objects of an application as they were applied last, by `identityKey`. Undefined where that is not known for sure: the
 * newest revision has failed or was interrupted, is damaged, is older than another one, or the user may not read it.
 */
export async function appliedLast(
  cluster: Cluster,
  app: AppName,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, KubeObject> | undefined> {
  try {
    const [newest, ...others] = await history(cluster, app, signal);
    if (newest?.state !== 'applied') return undefined;
    // It was left of an application that had the name before: the first revision of this one has a lower number.
    if (others.some(({ at }) => Date.parse(at) > Date.parse(newest.at))) return undefined;
    const set = await readRevision(cluster, app, newest.revision, signal);
    return new Map(set.manifests.map(({ id, object }) => [identityKey(id), object]));
  } catch (error) {
    if (error instanceof SeaworthyError) return undefined;
    throw error;
  }
}
