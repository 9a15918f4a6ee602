import { setTimeout as sleep } from 'node:timers/promises';
import { formatId, type KubeObject, type ObjectId } from '../../manifest/manifest';
import type { Cluster } from '../client/cluster';
import { applyObject, deleteObject, patchObject, type Written as Reply } from '../client/objects';
import type { Refusal } from '../client/refusal';
import type { ApiResource } from '../client/resources';
import { textAt } from '../fields';
import { adoption } from './adopt';
import { isOutrun } from './conflicts';
import { reread } from './reread';
import type { Target } from './targets';
import { tryObject } from './trial';
import { MANAGER, type FieldConflict, type Written } from './types';

/** How an object is written. */
export interface Writing {
  /** What was there. */
  readonly live: KubeObject | undefined;
  /** Whether it is deleted first. */
  readonly isRecreated: boolean;
  /** Whether fields are taken over from others, and which may be. */
  readonly takes: boolean;
  /** Whether all of a new object is answered, to be compared with what was planned. @default only its metadata */
  readonly isCompared?: boolean;
  readonly mayTake: (conflict: FieldConflict) => boolean;
  readonly signal?: AbortSignal | undefined;
}

/** What came of it. */
export type Outcome =
  | { readonly how: Written; readonly object: KubeObject; readonly warnings: readonly string[] }
  | { readonly refusal: Refusal };

/** A target with an address. */
export type Addressed = Target & { readonly resource: ApiResource };

/** Times that something is tried which somebody else may have been faster with. */
const TRIES = 5;

/** Milliseconds for an object that is deleted to be gone. */
const GONE = 120_000;

/** Milliseconds for what comes by itself with a namespace or a definition. */
const SOON = 15_000;

/** Writes one object by server-side apply. What the server refuses is an outcome; writing it again comes to the same. */
export async function write(cluster: Cluster, target: Addressed, writing: Writing): Promise<Outcome> {
  const { live, isRecreated, isCompared, signal } = writing;
  if (live === undefined)
    return sent(await soon(() => send(cluster, target, signal, isCompared !== true), signal), 'created');
  if (isRecreated) {
    const refusal = await remove(cluster, target, live, signal);
    if (refusal !== undefined) return { refusal };
    return sent(await send(cluster, target, signal), 'recreated');
  }
  const refusal = await adopt(cluster, target, live, signal);
  if (refusal !== undefined) return { refusal };
  return sent(
    writing.takes ? await take(cluster, target, writing) : await send(cluster, target, signal),
    'updated',
  );
}

function sent(reply: Reply, how: Written): Outcome {
  return reply.refusal === undefined ? { ...reply, how } : { refusal: reply.refusal };
}

function send(
  cluster: Cluster,
  { resource, manifest: { object } }: Addressed,
  signal: AbortSignal | undefined,
  metadataOnly = true,
): Promise<Reply> {
  return applyObject(cluster, resource, object, { manager: MANAGER, metadataOnly, signal });
}

/** Writes again for a while what is refused for want of what comes by itself: the default account of a new namespace. */
async function soon(write: () => Promise<Reply>, signal: AbortSignal | undefined): Promise<Reply> {
  for (const begin = Date.now(); ;) {
    const reply = await write();
    if (reply.refusal === undefined || !isSoonOver(reply.refusal) || Date.now() - begin > SOON) return reply;
    await sleep(200, undefined, signal === undefined ? {} : { signal });
  }
}

/** Source: the admission plugin ServiceAccount, and the handler of custom resources, whose definitions are served a moment later. */
function isSoonOver({ code, reason, message }: Refusal): boolean {
  if (code === 403) return /error looking up service account/.test(message);
  return code === 404 && (reason !== 'NotFound' || /could not find the requested resource/.test(message));
}

/** Takes fields over, if nobody else has come to hold others in the meantime. */
async function take(cluster: Cluster, target: Addressed, { mayTake, live, signal }: Writing): Promise<Reply> {
  const { resource, manifest } = target;
  let there = live;
  for (let tries = 1; ; tries++) {
    const resourceVersion = there?.metadata['resourceVersion'];
    const object = { ...manifest.object, metadata: { ...manifest.object.metadata, resourceVersion } };
    const reply = await applyObject(cluster, resource, object, {
      manager: MANAGER,
      force: true,
      metadataOnly: true,
      signal,
    });
    if (reply.refusal === undefined || !isOutrun(reply.refusal) || tries === TRIES) return reply;
    there = await reread(cluster, resource, manifest.id, signal);
    const trial = await tryObject(cluster, target, { live: there, mayTake, signal });
    if (trial.conflicts.length > 0) return send(cluster, target, signal);
  }
}

/** Makes the fields ours that `kubectl apply` left. */
async function adopt(
  cluster: Cluster,
  { resource, manifest: { id } }: Addressed,
  live: KubeObject,
  signal: AbortSignal | undefined,
): Promise<Refusal | undefined> {
  let there: KubeObject | undefined = live;
  for (let tries = 1; ; tries++) {
    const patch = there && adoption(there);
    if (patch === undefined) return undefined;
    const { refusal } = await patchObject(cluster, resource, id, patch, { manager: MANAGER, signal });
    if (refusal === undefined || refusal.code === 404) return undefined;
    if (refusal.code !== 409 || tries === TRIES) return refusal;
    there = await reread(cluster, resource, id, signal);
  }
}

/** Deletes the object that was read, and waits until it is gone with what it owns. */
async function remove(
  cluster: Cluster,
  { resource, manifest: { id } }: Addressed,
  live: KubeObject,
  signal: AbortSignal | undefined,
): Promise<Refusal | undefined> {
  const uid = textAt(live, 'metadata', 'uid');
  const refusal = await deleteObject(cluster, resource, id, { uid, propagation: 'Foreground', signal });
  // Somebody else has created it again since.
  if (refusal !== undefined) return refusal.code === 409 ? undefined : refusal;
  for (const begin = Date.now(); Date.now() - begin < GONE;) {
    const object = await reread(cluster, resource, id, signal);
    if (object === undefined || textAt(object, 'metadata', 'uid') !== uid) return undefined;
    await sleep(300, undefined, signal === undefined ? {} : { signal });
  }
  return stuck(id);
}

function stuck(id: ObjectId): Refusal {
  const message = `${formatId(id)} was deleted to be created again, and is not gone after ${GONE / 1000} s: a finalizer holds it`;
  return { code: 409, reason: 'Conflict', message, causes: [] };
}
