import { SeaworthyError } from '../../errors';
import { identityKey, type KubeObject, type ObjectId } from '../../manifest/manifest';
import type { Cluster } from '../client/cluster';
import type { Refusal } from '../client/refusal';
import type { Removed } from '../owned/remove';
import { textAt } from '../fields';
import { waitFor } from '../wait/wait';
import { limited } from '../limited';
import { differencesOf } from './compare';
import type { Survey } from './survey';
import type { Target } from './targets';
import { UNTRIED, type Trial } from './trial';
import type { ApplyEvent, FailedObject, FieldConflict, PlanDifference, Written } from './types';
import { waves, withFirst, type Wave } from './waves';
import { write, type Outcome } from './write';

/** An object that was written, and what it takes to undo that. */
export interface Sent {
  readonly id: ObjectId;
  readonly how: Written;
  readonly uid: string;
}

/** What has been sent so far, and what came of it. */
export interface Account {
  readonly written: Sent[];
  readonly unchanged: ObjectId[];
  readonly failed: FailedObject[];
  readonly unsent: Set<ObjectId>;
  /** What became of objects that the application no longer has. */
  readonly removed: Removed;
  /** Where the server stored something else than planned. */
  readonly differences: PlanDifference[];
}

export function emptyAccount(): Account {
  const removed = { gone: [], failed: [], spared: [], left: [] };
  return { written: [], unchanged: [], failed: [], unsent: new Set(), removed, differences: [] };
}

/** How the objects of a survey are sent. */
export interface Sending {
  readonly isRecreated: (id: ObjectId) => boolean;
  readonly mayTake: (conflict: FieldConflict) => boolean;
  /** Milliseconds for each object to be ready. @default as `waitFor` says */
  readonly timeout: number | undefined;
  /** The same for one object, if it has its own. */
  readonly timeoutOf: (id: ObjectId) => number | undefined;
  /** The object that is sent before all others. @default none */
  readonly first?: ObjectId | undefined;
  /** Before a wave is sent, with its number from 0. */
  readonly beforeWave: (wave: number) => Promise<void>;
  readonly onEvent: (event: ApplyEvent) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends objects that change, wave after wave, into `account`, which is right at any time. Once one of a wave is refused, the
 * others of that wave are still sent, and no later ones.
 */
export async function send(
  cluster: Cluster,
  survey: Survey,
  sending: Sending,
  account: Account,
): Promise<void> {
  const targets = new Map(survey.targets.map((target) => [target.key, target]));
  const all = withFirst(waves(survey.set), sending.first);
  for (const [index, { manifests, awaited }] of all.entries()) {
    const own = manifests.flatMap(({ id }) => targets.get(identityKey(id)) ?? []);
    const isUnchanged = ({ key }: Target): boolean => survey.trials.get(key)?.isUnchanged === true;
    const changing = own.filter((each) => !isUnchanged(each));
    account.unchanged.push(...own.filter(isUnchanged).map(idOf));
    if (changing.length > 0)
      sending.onEvent({ type: 'wave', wave: index + 1, waves: all.length, ids: changing.map(idOf) });
    for (const { manifest } of changing) account.unsent.add(manifest.id);
    await sending.beforeWave(index);
    await limited(changing, (target) => sendOne(cluster, target, survey, sending, account));
    if (account.failed.length === 0) await ready(cluster, awaited, sending, account);
    if (account.failed.length > 0) {
      for (const id of idsIn(all.slice(index + 1), survey)) account.unsent.add(id);
      return;
    }
  }
}

/** Waits until objects are ready; those that are not are failures. */
export async function ready(
  cluster: Cluster,
  ids: readonly ObjectId[],
  { timeout, timeoutOf, onEvent, signal }: Pick<Sending, 'timeout' | 'timeoutOf' | 'onEvent' | 'signal'>,
  { failed }: Pick<Account, 'failed'>,
): Promise<void> {
  const results = await waitFor(cluster, ids, {
    ...(timeout !== undefined && { timeout }),
    timeouts: ids.flatMap((id) => {
      const own = timeoutOf(id);
      return own === undefined ? [] : [{ id, timeout: own }];
    }),
    onProgress: (progress) => onEvent({ type: 'progress', progress }),
    signal,
  });
  signal?.throwIfAborted();
  for (const { id, state, reason = 'is not ready', lines } of results)
    if (state === 'failed' || state === 'late') failed.push({ id, reason, lines });
}

function idOf({ manifest }: Target): ObjectId {
  return manifest.id;
}

/** What later waves would have written. */
function idsIn(later: readonly Wave[], survey: Survey): ObjectId[] {
  const ids = later.flatMap(({ manifests }) => manifests.map(({ id }) => id));
  return ids.filter((id) => survey.trials.get(identityKey(id))?.isUnchanged !== true);
}

async function sendOne(
  cluster: Cluster,
  target: Target,
  survey: Survey,
  sending: Sending,
  account: Account,
): Promise<void> {
  const { signal, mayTake, isRecreated, onEvent } = sending;
  const { id } = target.manifest;
  const trial = survey.trials.get(target.key) ?? UNTRIED;
  let outcome: Outcome;
  try {
    signal?.throwIfAborted();
    const { resource } = target;
    if (resource === undefined) throw new Error('What the server does not serve has been refused.');
    outcome = await write(
      cluster,
      { ...target, resource },
      {
        live: survey.live.get(target.key),
        isRecreated: trial.refused !== undefined && isRecreated(id),
        takes: trial.takes,
        isCompared: trial.expected !== undefined,
        mayTake,
        signal,
      },
    );
  } catch (error) {
    if (signal?.aborted === true || !(error instanceof SeaworthyError)) throw error;
    return fail(account, onEvent, id, error.problems[0].message);
  }
  if ('refusal' in outcome)
    return fail(account, onEvent, id, outcome.refusal, trial.expected === undefined ? [] : [NOT_TRIED]);
  const { how, object, warnings } = outcome;
  account.differences.push(...unexpected(object, trial, survey));
  account.unsent.delete(id);
  account.written.push({ id, how, uid: textAt(object, 'metadata', 'uid') });
  onEvent({ type: 'written', id, how, warnings });
}

/** Of an object that is refused, although one that is alike would not be. */
const NOT_TRIED = 'It was not tried in a dry run, since one that is alike was: --try-all tries each.';

/** Where an object that was not tried is stored otherwise than planned. */
function unexpected(object: KubeObject, { expected }: Trial, { server }: Survey): PlanDifference[] {
  if (expected === undefined || server === undefined) return [];
  const { change, created } = expected;
  return differencesOf(change, { object }, { live: undefined, created }, server);
}

function fail(
  { failed, unsent }: Account,
  onEvent: Sending['onEvent'],
  id: ObjectId,
  refusal: Refusal | string,
  lines: readonly string[] = [],
): void {
  const { message, reason } =
    typeof refusal === 'string' ? { message: refusal, reason: 'Unreachable' } : refusal;
  unsent.delete(id);
  failed.push({ id, reason: message, lines });
  onEvent({ type: 'refused', refused: { id, message, reason } });
}
