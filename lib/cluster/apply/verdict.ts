import type { Change } from '../../plan/change';
import { dataLosses } from '../../plan/data-loss';
import { identityKey, type ObjectId } from '../../manifest/manifest';
import type { HeldObject } from '../owned/remove';
import type { Unread } from '../live/read';
import { shortName } from './named';
import type { Survey } from './survey';
import { isNameless } from './targets';
import { UNTRIED, type Trial } from './trial';
import type { ApplyPlan, RefusedObject } from './types';

/** What may be done to objects, by the options. */
export interface Permissions {
  readonly isRecreated: (id: ObjectId) => boolean;
  readonly mayLose: (id: ObjectId) => boolean;
}

/** What a survey comes to: what is written, and everything that stands against it. */
export function planOf(
  survey: Survey,
  permissions: Permissions,
  {
    foreign,
    held,
    ...gone
  }: Pick<ApplyPlan, 'prune' | 'guarded' | 'kept' | 'unfinished'> & {
    readonly foreign: ApplyPlan['conflicts'];
    /** Objects to apply that are being deleted and do not go. */
    readonly held: readonly HeldObject[];
  },
): ApplyPlan {
  const changes = new Map(survey.changes.map((change) => [identityKey(change.id), change]));
  const looks = survey.targets.map((target) => ({
    target,
    trial: survey.trials.get(target.key) ?? UNTRIED,
    change: changes.get(target.key),
  }));
  const refusals = looks.flatMap(({ target, trial, change }) =>
    isNameless(target)
      ? [nameless(target.manifest.id)]
      : refusalsOf(target.manifest.id, trial, change, permissions),
  );
  return {
    changes: survey.changes,
    conflicts: [...foreign, ...looks.flatMap(({ trial }) => trial.conflicts)],
    refusals: [...held.map(deleting), ...survey.unread.flatMap(unreadObjects), ...refusals],
    differences: looks.flatMap(({ trial }) => trial.differences ?? []),
    warnings: looks.flatMap(({ target, trial }) =>
      trial.warnings.map((message) => ({ id: target.manifest.id, message })),
    ),
    untried: looks.filter(({ trial }) => trial === UNTRIED).map(({ target }) => target.manifest.id),
    alike: looks.flatMap(({ target, trial }) => (trial.expected === undefined ? [] : [target.manifest.id])),
    ...gone,
  };
}

/** Whether nothing is written. */
export function isRefused({ conflicts, refusals }: ApplyPlan): boolean {
  return conflicts.length > 0 || refusals.length > 0;
}

function refusalsOf(
  id: ObjectId,
  trial: Trial,
  change: Change | undefined,
  { isRecreated, mayLose }: Permissions,
): RefusedObject[] {
  const hint = change?.reasons?.find((reason) => reason.hint !== undefined)?.hint;
  const { refused } = trial;
  if (refused !== undefined) {
    // Created again, an object may have what a change in place may not.
    // What our plan would change in place, the server refuses by a rule about changes, such as one in a definition.
    const isChanged = change?.recreated !== undefined || change?.effect === 'updated';
    const isAgain = isChanged && isRecreated(id) && refused.code === 422;
    if (isAgain) return [...dataLoss(id, change, mayLose), ...lostUnplanned(id, change, mayLose)];
    const { code: _, ...told } = refused;
    const way = /immutable|are forbidden|may not (be changed|change)/i.test(refused.message)
      ? `${hint ?? 'Keep it as it is.'} --recreate ${shortName(id)} deletes it and creates it again.`
      : hint;
    return [{ ...told, ...(told.hint === undefined && way !== undefined && { hint: way }) }];
  }
  // Nobody but us has judged it.
  if (trial === UNTRIED && change?.effect === 'rejected') {
    const message = change.reasons?.map(({ path, message: what }) => `${path}: ${what}`).join('; ') ?? '';
    return [{ id, reason: 'Invalid', message, ...(hint !== undefined && { hint }) }];
  }
  return dataLoss(id, change, mayLose);
}

/** What is lost with an object that is applied; with those that are deleted, their guard is asked. */
function dataLoss(
  id: ObjectId,
  change: Change | undefined,
  mayLose: (id: ObjectId) => boolean,
): RefusedObject[] {
  if (change === undefined || mayLose(id)) return [];
  const lost = change.consequences.filter(({ kind, severity }) => kind === 'data' && severity === 'error');
  return lost.map(({ message }) => refusedLoss(id, message));
}

/** What is lost with an object that is created again although our plan would change it in place. */
function lostUnplanned(
  id: ObjectId,
  { before, recreated }: Change,
  mayLose: (id: ObjectId) => boolean,
): RefusedObject[] {
  if (before === undefined || recreated !== undefined || mayLose(id)) return [];
  return [...dataLosses([before]).values()].map((message) => refusedLoss(id, message));
}

function refusedLoss(id: ObjectId, message: string): RefusedObject {
  return { id, reason: 'DataLoss', message, hint: `If that is meant, --allow-data-loss ${shortName(id)}.` };
}

function nameless(id: ObjectId): RefusedObject {
  return {
    id,
    reason: 'Invalid',
    message: 'metadata.name: Required value: server-side apply needs a name, and does not generate one',
    hint: 'Set metadata.name instead of generateName.',
  };
}

function deleting({ id, reason }: HeldObject): RefusedObject {
  return {
    id,
    reason: 'Deleting',
    message: `it is being deleted, and ${reason}`,
    hint: 'Apply again once it is gone.',
  };
}

function unreadObjects({ ids, plural }: Unread): RefusedObject[] {
  return ids.map((id) => ({
    id,
    reason: 'Forbidden',
    message: `it may not be read, so that nobody knows what applying it changes`,
    hint: `Grant "get" on ${plural}, in addition to "patch".`,
  }));
}
