import { setTimeout as sleep } from 'node:timers/promises';
import { formatId, type ObjectId } from '../../manifest/manifest';
import type { Cluster } from '../client/cluster';
import type { Resources } from '../client/resources';
import { settled } from '../wait/settled';
import { reread } from './reread';
import type { FailedObject } from './types';

/** Milliseconds between two looks. */
const PAUSE = 500;

/**
 * Waits for what the next wave builds on: definitions until they are served, Jobs of migrations until they are done.
 *
 * @returns the first that fails, or is not ready in time
 */
export async function awaitObjects(
  cluster: Cluster,
  resources: Resources,
  ids: readonly ObjectId[],
  { timeout, signal }: { readonly timeout: number; readonly signal?: AbortSignal | undefined },
): Promise<FailedObject | undefined> {
  const begin = Date.now();
  for (const id of ids) {
    for (;;) {
      const resource = await resources.of(id);
      const object = resource && (await reread(cluster, resource, id, signal));
      if (object === undefined) return { id, reason: 'it is gone while it was waited for', lines: [] };
      const { state, message = '' } = settled(object);
      if (state === 'ready') break;
      if (state === 'failed') return { id, reason: message, lines: [] };
      if (Date.now() - begin > timeout)
        return { id, reason: `not ready after ${timeout / 1000} s: ${message}`, lines: [waited(id)] };
      await sleep(PAUSE, undefined, signal === undefined ? {} : { signal });
    }
  }
  return undefined;
}

function waited(id: ObjectId): string {
  return `What comes after ${formatId(id)} was not applied.`;
}
