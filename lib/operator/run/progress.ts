import type { Cluster } from '../../cluster/client/cluster';
import { listObjects } from '../../cluster/client/objects';
import { Resources } from '../../cluster/client/resources';
import { Related } from '../../cluster/wait/related';
import { settled } from '../../cluster/wait/settled';
import { soughtFor } from '../../cluster/wait/sought';
import { formatId, identify, identityKey, type KubeObject, type ObjectId } from '../../manifest/manifest';
import type { ManifestSet } from '../../manifest/set';
import { SeaworthyError } from '../../errors';

/** How far the objects of a resource are. */
export interface ObjectsProgress {
  readonly state: 'ready' | 'progressing' | 'failed';
  /** Of the first that is not ready: `Deployment shop/web: 1 of 2 pods are ready`. */
  readonly message: string;
  /** How many are ready. */
  readonly ready: number;
}

/**
 * How far the objects of a set are, by what is known of them.
 *
 * @param live the objects as the server has them
 * @param around what else is known: pods, ReplicaSets, warnings
 */
export function progressOf(
  set: ManifestSet,
  live: readonly KubeObject[],
  around: readonly KubeObject[],
  now: number,
): ObjectsProgress {
  const byKey = new Map(live.map((object) => [identityKey(identify(object)), object]));
  const related = new Related([...live, ...around], now);
  const open: {
    readonly id: ObjectId;
    readonly state: 'progressing' | 'failed';
    readonly message: string;
  }[] = [];
  for (const { id } of set) {
    const object = byKey.get(identityKey(id));
    const { state, message = '' } =
      object === undefined
        ? { state: 'progressing' as const, message: 'is not in the cluster yet' }
        : settled(object, related);
    if (state !== 'ready') open.push({ id, state, message });
  }
  const [first] = [...open.filter(({ state }) => state === 'failed'), ...open];
  if (first === undefined) return { state: 'ready', message: '', ready: set.size };
  const more = open.length === 1 ? '' : `; ${open.length - 1} more not ready`;
  const message = `${formatId(first.id)}: ${first.message}${more}`;
  return { state: first.state, message, ready: set.size - open.length };
}

/** Pods, ReplicaSets and warnings of what is not ready: why that is so. What may not be read is left out. */
export async function surroundingsOf(
  cluster: Cluster,
  set: ManifestSet,
  signal: AbortSignal,
): Promise<readonly KubeObject[]> {
  const ids = [...set].map(({ id }) => id);
  const own = new Set(ids.map(({ kind }) => kind));
  const resources = new Resources(cluster);
  const lists = soughtFor(ids)
    .filter(({ kind }) => !own.has(kind.kind))
    .map(async ({ kind, selection }) => {
      const resource = await resources.of(kind);
      if (resource === undefined) return [];
      return listObjects(cluster, resource, selection, signal).catch((error: unknown): KubeObject[] => {
        if (error instanceof SeaworthyError && error.code === 'CLUSTER_FORBIDDEN') return [];
        throw error;
      });
    });
  return (await Promise.all(lists)).flat();
}
