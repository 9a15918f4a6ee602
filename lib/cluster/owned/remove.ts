import { setTimeout as sleep } from 'node:timers/promises';
import { SeaworthyError } from '../../errors';
import { identityKey, type KubeObject, type Manifest, type ObjectId } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import { waves } from '../apply/waves';
import type { Cluster } from '../client/cluster';
import { askToDelete, getObject, type Found } from '../client/objects';
import type { ApiResource, Resources } from '../client/resources';
import { textAt } from '../fields';
import { limited } from '../limited';
import { heldBy } from './held';

/** How objects are deleted. */
export interface RemoveOptions {
  /** Whether an object that has changed since it was read may still be deleted. */
  readonly stillGoes: (object: KubeObject) => boolean;
  /** Milliseconds for the objects of a wave to be gone, before it counts as failed. */
  readonly timeout: number;
  /** Called for each object that is gone. */
  readonly onGone?: (id: ObjectId) => void;
  /** Called whenever what is still there has changed. */
  readonly onHeld?: (held: readonly HeldObject[]) => void;
  readonly signal?: AbortSignal | undefined;
}

/** An object that is being deleted and still there, or that could not be deleted, and why. */
export interface HeldObject {
  readonly id: ObjectId;
  readonly reason: string;
}

/** What became of objects that were to be deleted. */
export interface Removed {
  readonly gone: ObjectId[];
  /** Objects that the server does not delete, or that are not gone in time. */
  readonly failed: HeldObject[];
  /** Objects that were changed in the meantime so that they stay. */
  readonly spared: ObjectId[];
  /** Objects that were not asked to go, since something before them failed. */
  readonly left: ObjectId[];
}

/** Times that an object is read again that changes between reading and deleting. */
const TRIES = 10;

/** Milliseconds between two looks at what is still there. */
const PAUSE = 300;

/**
 * Deletes objects as they were read, in the reverse order of applying: each wave once the one before it is gone, so that
 * whoever has to clean up is still there. An object that was replaced by another of its name since stays.
 *
 * @param into what became of them, right at any time
 */
export async function removeObjects(
  cluster: Cluster,
  resources: Resources,
  objects: readonly Manifest[],
  options: RemoveOptions,
  into: Removed = { gone: [], failed: [], spared: [], left: [] },
): Promise<Removed> {
  const order = waves(ManifestSet.from(objects)).toReversed();
  into.left.push(...order.flatMap(({ manifests }) => manifests.map(({ id }) => id)));
  for (const { manifests } of order) {
    const pending = new Map<string, Pending>();
    await limited(manifests, async ({ id, object }) => {
      options.signal?.throwIfAborted();
      const resource = await resources.of(id);
      // A kind that is no longer served has no objects.
      const outcome = resource && (await removeOne(cluster, resource, { id, object }, options));
      into.left.splice(into.left.indexOf(id), 1);
      if (outcome === undefined) settle(into.gone, id, options);
      else if (outcome === 'spared') into.spared.push(id);
      else if (typeof outcome === 'string') into.failed.push({ id, reason: outcome });
      else if (resource !== undefined) pending.set(identityKey(id), { id, resource, object: outcome });
    });
    await untilGone(cluster, pending, options, into);
    if (into.failed.length > 0) return into;
  }
  return into;
}

function settle(gone: ObjectId[], id: ObjectId, { onGone }: Pick<RemoveOptions, 'onGone'>): void {
  gone.push(id);
  onGone?.(id);
}

/** An object that is being deleted, as it was seen last. */
export interface Pending {
  readonly id: ObjectId;
  readonly resource: ApiResource;
  readonly object: KubeObject;
}

/** @returns nothing once the object is gone, the object while it is held, `spared`, or why it is not deleted */
async function removeOne(
  cluster: Cluster,
  resource: ApiResource,
  { id, object }: Pick<Manifest, 'id' | 'object'>,
  { stillGoes, signal }: RemoveOptions,
): Promise<KubeObject | string | undefined> {
  const uid = textAt(object, 'metadata', 'uid');
  let now = object;
  for (let tries = 1; tries <= TRIES; tries++) {
    const resourceVersion = textAt(now, 'metadata', 'resourceVersion');
    const asked = await asks(() =>
      askToDelete(cluster, resource, id, { uid, resourceVersion, propagation: 'Background', signal }),
    );
    if (typeof asked === 'string') return asked;
    if (asked.refusal === undefined) return asked.object;
    if (asked.refusal.code !== 409) return asked.refusal.message;
    const found = await asks(() => getObject(cluster, resource, id, signal));
    if (typeof found === 'string') return found;
    if (found.refusal !== undefined) return found.refusal.message;
    if (found.object === undefined) return undefined;
    if (textAt(found.object, 'metadata', 'uid') !== uid || !stillGoes(found.object)) return 'spared';
    now = found.object;
  }
  return 'it changes all the time, and is only deleted as it was read';
}

/** What a request came to, or why it failed for good: one object that fails does not keep the others from being told. */
async function asks(request: () => Promise<Found>): Promise<Found | string> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof SeaworthyError) return error.problems[0].message;
    throw error;
  }
}

/** Waits until objects are gone, by `identityKey`, or time is up: what is left then has failed. */
export async function untilGone(
  cluster: Cluster,
  pending: Map<string, Pending>,
  options: Omit<RemoveOptions, 'stillGoes'>,
  into: Pick<Removed, 'gone' | 'failed'>,
): Promise<void> {
  const { timeout, signal, onHeld } = options;
  let told = '';
  for (const begin = Date.now(); pending.size > 0;) {
    const held = [...pending.values()].map(({ id, object }) => ({ id, reason: heldBy(object) }));
    if (Date.now() - begin > timeout) {
      into.failed.push(
        ...held.map(({ id, reason }) => ({ id, reason: `not gone after ${timeout / 1000} s: ${reason}` })),
      );
      return;
    }
    if (JSON.stringify(held) !== told) onHeld?.(held);
    told = JSON.stringify(held);
    await sleep(PAUSE, undefined, signal === undefined ? {} : { signal });
    await limited([...pending], async ([key, { id, resource, object }]) => {
      const found = await asks(() => getObject(cluster, resource, id, signal));
      // What cannot be read now may be read at the next look.
      if (typeof found === 'string' || found.refusal !== undefined) return;
      const isSame = textAt(found.object, 'metadata', 'uid') === textAt(object, 'metadata', 'uid');
      if (found.object !== undefined && isSame) {
        pending.set(key, { id, resource, object: found.object });
        return;
      }
      pending.delete(key);
      settle(into.gone, id, options);
    });
  }
}
