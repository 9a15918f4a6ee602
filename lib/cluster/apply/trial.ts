import type { PlainRecord } from '../../manifest/data';
import type { KubeObject } from '../../manifest/manifest';
import type { Change } from '../../plan/change';
import type { Cluster } from '../client/cluster';
import { applyObject, type Written } from '../client/objects';
import { failed, type Refusal } from '../client/refusal';
import { isClientSideApply, managedEntries } from '../../apiserver/apply/managed-fields';
import { isWebhookFailure } from '../client/failure';
import { conflictsIn, isFieldConflict } from './conflicts';
import { reread } from './reread';
import type { Target } from './targets';
import { MANAGER, type FieldConflict, type PlanDifference, type RefusedObject } from './types';
import { isUnchanged } from './unchanged';

/** What the server would do with an object. */
export interface Trial {
  readonly warnings: readonly string[];
  /** Fields that others hold, and that nobody said to take over. */
  readonly conflicts: readonly FieldConflict[];
  /** Whether fields are taken over from others. */
  readonly takes: boolean;
  readonly refused?: RefusedObject & { readonly code: number };
  /** Whether nothing of it would change. */
  readonly isUnchanged: boolean;
  /** Where it came to something else than our plan. @default nowhere */
  readonly differences?: readonly PlanDifference[];
  /** Of a new object that was not tried, since the server would create one like it as planned: what is planned for it. */
  readonly expected?: Expected;
}

/** What our plan says of a new object. */
export interface Expected {
  readonly change: Change;
  /** As the server would hold it. */
  readonly created: PlainRecord;
}

/** A trial with what the server answered, which is as large as the object. */
export interface Answered extends Trial {
  /** What it would store; absent where it refuses, or could not be asked. */
  readonly object?: KubeObject;
  /** Whether it is about what was read: not if that has changed since, or fields of `kubectl apply` become ours before. */
  readonly isComparable: boolean;
}

/** Of an object that no dry run could judge. */
export const UNTRIED: Answered = {
  warnings: [],
  conflicts: [],
  takes: false,
  isUnchanged: false,
  isComparable: false,
};

/** Of an object that is there just as it is applied: the server would do nothing. */
export const UNCHANGED: Answered = { ...UNTRIED, isUnchanged: true };

/** What is there, and what may be taken over. */
export interface Around {
  readonly live: KubeObject | undefined;
  readonly mayTake: (conflict: FieldConflict) => boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Asks the server what it would do with an object, and writes nothing. */
export async function tryObject(
  cluster: Cluster,
  { manifest: { object, id }, resource }: Target,
  { live, mayTake, signal }: Around,
): Promise<Answered> {
  if (resource === undefined) return UNTRIED;
  const ask = (force: boolean): Promise<Written> =>
    applyObject(cluster, resource, object, { manager: MANAGER, dryRun: true, force, signal });
  const first = await ask(false);
  if (first.refusal === undefined) {
    const trial = stored(first, live, []);
    if (trial.isUnchanged || isSameVersion(first.object, live)) return trial;
    // A controller has written since it was read.
    const now = await reread(cluster, resource, id, signal);
    return { ...stored(first, now, []), isComparable: false };
  }
  if (!isFieldConflict(first.refusal)) return refusedTrial(first.refusal, id);
  // What else is wrong, and what it comes to, only force tells.
  const conflicts = conflictsIn(first.refusal, id, live);
  const second = await ask(true);
  if (second.refusal !== undefined) return { ...refusedTrial(second.refusal, id), conflicts };
  const held = conflicts.filter((conflict) => !mayTake(conflict));
  return { ...stored(second, live, held), takes: conflicts.length > held.length };
}

function stored(
  { object, warnings }: Exclude<Written, { readonly refusal: Refusal }>,
  live: KubeObject | undefined,
  conflicts: readonly FieldConflict[],
): Answered {
  const isAdopted = live !== undefined && needsMigration(live);
  const isSame = live !== undefined && !isAdopted && isUnchanged(live, object);
  return { object, warnings, conflicts, takes: false, isUnchanged: isSame, isComparable: !isAdopted };
}

/** Whether two are one object at one time: a dry run does not count as a write. */
function isSameVersion(now: KubeObject, live: KubeObject | undefined): boolean {
  return live === undefined || now.metadata['resourceVersion'] === live.metadata['resourceVersion'];
}

/** Whether `kubectl apply` left fields that become ours. */
export function needsMigration(live: KubeObject): boolean {
  return managedEntries(live).some(isClientSideApply);
}

function refusedTrial(refusal: Refusal, id: FieldConflict['id']): Answered {
  const { code, reason, message } = refusal;
  // A webhook with side effects cannot be asked without them.
  if (code === 400 && /does not support dry run/.test(message)) return UNTRIED;
  if ((code >= 500 && !isWebhookFailure(refusal)) || code === 429)
    failed(refusal, `apply ${id.kind} ${id.name}`);
  return { ...UNTRIED, refused: { id, code, reason, message } };
}
