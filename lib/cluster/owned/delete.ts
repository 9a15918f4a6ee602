import { identify, identityKey, type ObjectId } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import type { Cluster } from '../client/cluster';
import { Resources } from '../client/resources';
import { deleteParts, partsOf } from '../revisions/history';
import { openApplySet, type ApplySet } from './apply-set';
import { mayGo } from './prune';
import { prunable, type Prunable, type StayingObject } from './prunable';
import type { AppName } from './record';
import { removeObjects, type HeldObject, type Removed } from './remove';
import { unusedDefinitions } from './unused';

/** How an application is deleted. */
export interface DeleteOptions extends AppName {
  /** The manager of the fields of its objects. */
  readonly manager: string;
  /** Whether an object may be deleted although it holds data. */
  readonly mayLose: (id: ObjectId) => boolean;
  /** Called with the objects that there are, before anybody is asked. */
  readonly onMembers?: (ids: readonly ObjectId[]) => void;
  /** Asked before anything is deleted: `false` ends it there. @default nobody is asked */
  readonly confirm?: (plan: DeletePlan) => boolean | Promise<boolean>;
  /** Milliseconds for the objects of a wave to be gone. @default 300_000 */
  readonly timeout?: number;
  readonly onGone?: (id: ObjectId) => void;
  readonly onHeld?: (held: readonly HeldObject[]) => void;
  readonly signal?: AbortSignal | undefined;
}

/** What deleting an application comes to, before anything is deleted. */
export interface DeletePlan {
  readonly gone: readonly ObjectId[];
  /** Objects that stay since they hold data, and what would be lost. */
  readonly guarded: readonly StayingObject[];
  /** Objects that stay for another reason. */
  readonly kept: readonly StayingObject[];
}

/** What became of an application. */
export interface DeleteResult {
  /** `deleted`, perhaps but for what stays; `failed` where something is not gone. */
  readonly outcome: 'deleted' | 'declined' | 'failed' | 'interrupted';
  readonly plan: DeletePlan;
  readonly gone: readonly ObjectId[];
  /** Objects that are not gone, and why. */
  readonly failed: readonly HeldObject[];
  /** Objects that were not asked to go, since something before them is not gone. */
  readonly left: readonly ObjectId[];
}

const TIMEOUT = 300_000;

/**
 * Deletes the objects of an application in the reverse order of applying, and waits until they are gone; then its revisions
 * and its record, unless something stays. Interrupted, it goes on when it is called again.
 *
 * @throws SeaworthyError INVALID_NAME, CLUSTER_NOT_OURS, CLUSTER_FORBIDDEN, CLUSTER_FAILED
 */
export async function deleteApplication(cluster: Cluster, options: DeleteOptions): Promise<DeleteResult> {
  const { name, namespace, manager, mayLose, confirm, timeout = TIMEOUT, onGone, onHeld, signal } = options;
  const resources = new Resources(cluster);
  const applySet = await openApplySet(cluster, { name, namespace, resources, signal });
  const members = await applySet.members();
  options.onMembers?.(members.map(identify));
  const unused = await unusedDefinitions(cluster, resources, members, signal);
  // The record goes last, with the namespace that it is in if that is named.
  const rules = { manager, mayLose, home: '', unused };
  const found = prunable(members, ManifestSet.of([]), rules);
  const plan = { gone: found.gone.map(({ id }) => id), guarded: found.guarded, kept: found.kept };
  const removed: Removed = { gone: [], failed: [], spared: [], left: [] };
  const resultOf = (outcome: DeleteResult['outcome']): DeleteResult => ({
    outcome,
    plan,
    ...toldOf(removed),
  });
  if (confirm !== undefined && !(await confirm(plan))) return resultOf('declined');
  const stillGoes = mayGo(applySet, ManifestSet.of([]), rules);
  try {
    await removeObjects(
      cluster,
      resources,
      [...found.gone, ...found.going],
      { stillGoes, timeout, signal, ...(onGone && { onGone }), ...(onHeld && { onHeld }) },
      removed,
    );
    if (removed.failed.length > 0) return resultOf('failed');
    await forget(cluster, applySet, found, removed, options);
  } catch (error) {
    if (signal?.aborted === true) return resultOf('interrupted');
    throw error;
  }
  return resultOf('deleted');
}

function toldOf({ gone, failed, left }: Removed): Pick<DeleteResult, 'gone' | 'failed' | 'left'> {
  return { gone, failed, left };
}

/** Deletes revisions and record, or lets the record cover what stays. */
async function forget(
  cluster: Cluster,
  applySet: ApplySet,
  { guarded, kept }: Prunable,
  { spared }: Removed,
  { name, namespace, signal }: DeleteOptions,
): Promise<void> {
  const still = new Set((await applySet.members()).map((object) => identityKey(identify(object))));
  const staying = [...[...guarded, ...kept].map(({ id }) => id), ...spared];
  const left = staying.filter((id) => still.has(identityKey(id)));
  if (left.length > 0) return applySet.end(left);
  await deleteParts(cluster, await partsOf(cluster, { name, namespace }, signal), signal);
  if (applySet.exists) await applySet.forget();
}
