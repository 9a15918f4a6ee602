import { identityKey, type ObjectId } from '../../manifest/manifest';
import type { Cluster } from '../client/cluster';
import { isGoing } from '../owned/prunable';
import { untilGone, type HeldObject, type Pending } from '../owned/remove';
import type { Survey } from './survey';
import type { ApplyEvent } from './types';

/** Milliseconds for objects to be gone that are being deleted. */
const GONE = 120_000;

/** Whether an object that is to be applied is being deleted, as by a run that was interrupted: what is written to it goes with it. */
export function hasGoing({ live }: Pick<Survey, 'live'>): boolean {
  return [...live.values()].some(isGoing);
}

/** Waits until such objects are gone, so that they are created again. @returns those that something holds */
export async function awaitGoing(
  cluster: Cluster,
  { targets, live }: Pick<Survey, 'targets' | 'live'>,
  onEvent: (event: ApplyEvent) => void,
  signal: AbortSignal | undefined,
  timeout = GONE,
): Promise<readonly HeldObject[]> {
  const pending = new Map<string, Pending>();
  for (const { key, manifest, resource } of targets) {
    const object = live.get(key);
    if (object !== undefined && resource !== undefined && isGoing(object))
      pending.set(identityKey(manifest.id), { id: manifest.id, resource, object });
  }
  const into = { gone: [] as ObjectId[], failed: [] as HeldObject[] };
  const onHeld = (held: readonly HeldObject[]): void => onEvent({ type: 'held', held });
  await untilGone(cluster, pending, { timeout, onHeld, signal }, into);
  return into.failed;
}
