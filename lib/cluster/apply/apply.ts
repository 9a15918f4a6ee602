import { SeaworthyError } from '../../errors';
import { grouped } from '../../kube/grouped';
import { identityKey, type ObjectId } from '../../manifest/manifest';
import { checkedSet, type ManifestSet } from '../../manifest/set';
import type { Cluster } from '../client/cluster';
import { Resources } from '../client/resources';
import { awaitGoing, hasGoing } from './going';
import { withDeclaredOrder } from './declared-order';
import { howToApply, type How } from './how';
import { foreignMembers, Ownership } from './ownership';
import { outdatedIn, reviewedPlan } from './reviewed';
import { restore } from './restore';
import { emptyAccount, ready, send, type Account, type Sending } from './send';
import type { HeldObject } from '../owned/remove';
import type { Inquiry } from './inquiry';
import { survey as look, type Survey } from './survey';
import { labelled, setOf, targetsOf } from './targets';
import type { ApplyOptions, ApplyOutcome, ApplyPlan, ApplyResult, FailedObject } from './types';
import { isRefused, planOf } from './verdict';

/**
 * Applies a set of objects to a cluster by server-side apply: plans first, by our own plan and the server's dry run; asks
 * `confirm`; then writes what changes, wave after wave, and waits until it is ready. What the server refuses, and what
 * others hold, is part of the result, and nothing is written then. Applied again, it goes on where it was interrupted.
 *
 * @param set for one environment: `set.in('production')`
 * @throws SeaworthyError before anything is written: USAGE for options that name nothing; CLUSTER_UNREACHABLE,
 * CLUSTER_UNAUTHORIZED, CLUSTER_FORBIDDEN, CLUSTER_FAILED
 */
export async function apply(set: ManifestSet, cluster: Cluster, options: ApplyOptions): Promise<ApplyResult> {
  const given = withDeclaredOrder(checkedSet(set, 'set'));
  refuseSeveral(given);
  const { confirm, signal, onEvent = () => undefined } = options;
  const namespace = options.namespace ?? cluster.namespace;
  const resources = new Resources(cluster);
  const targets = await targetsOf(given, namespace, resources);
  const how = howToApply(options, targets);
  const ownership = await owned(cluster, resources, given, { ...options, namespace }, how);
  const sent = ownership === undefined ? targets : labelled(targets, (object) => ownership.label(object));
  const { gone = [], guarded = [], kept = [] } = (await ownership?.compare(setOf(sent, given))) ?? {};
  const members = gone.map(({ object }) => object);
  const { survey, held } = await surveyed(cluster, resources, ownership, onEvent, {
    targets: sent,
    given,
    members,
    ...how,
    signal,
  });
  const foreign = await foreignMembers(cluster, [...survey.live.values()], ownership?.id ?? '', signal);
  const plan = planOf(survey, how, {
    foreign: foreign.filter((conflict) => !how.mayTake(conflict)),
    prune: gone.map(({ id }) => id),
    guarded,
    kept,
    held,
    ...(ownership?.unfinished !== undefined && { unfinished: ownership.unfinished }),
  });
  onEvent({ type: 'planned', plan });
  const account = emptyAccount();
  const outdated = outdatedOf(plan, cluster, options, namespace);
  if (outdated.length > 0) return { ...resultOf('refused', plan, account), outdated };
  if (isRefused(plan)) return resultOf('refused', plan, account);
  if (confirm !== undefined && !(await confirm(plan))) return resultOf('declined', plan, account);
  const run: Run = { cluster, survey, plan, plain: setOf(targets, given), ownership, how, account };
  const ended = await carryOut(run, options);
  const { revision } = ownership ?? {};
  const result = { ...resultOf(ended.outcome, plan, account), ...ended };
  return revision === undefined ? result : { ...result, revision };
}

/** Looks at everything, once objects to apply are gone that are being deleted. */
async function surveyed(
  cluster: Cluster,
  resources: Resources,
  ownership: Ownership | undefined,
  onEvent: Sending['onEvent'],
  asked: Inquiry,
): Promise<{ readonly survey: Survey; readonly held: readonly HeldObject[] }> {
  const inquiry = { ...asked, recorded: ownership?.releaseRecorded() };
  const survey = await look(cluster, resources, inquiry);
  if (!hasGoing(survey)) return { survey, held: [] };
  const held = await awaitGoing(cluster, survey, onEvent, asked.signal);
  return { survey: await look(cluster, resources, inquiry), held };
}

/** What is carried out. */
interface Run {
  readonly cluster: Cluster;
  readonly survey: Survey;
  readonly plan: ApplyPlan;
  /** The objects without the label of the application. */
  readonly plain: ManifestSet;
  readonly ownership: Ownership | undefined;
  readonly how: How;
  /** What has been done so far, however it ends. */
  readonly account: Account;
}

type Ended = Pick<ApplyResult, 'outcome' | 'error' | 'rolledBack' | 'unready'>;

/** Writes, waits and deletes; brings back what was there before if that is asked for. */
async function carryOut(run: Run, options: ApplyOptions): Promise<Ended> {
  const { ownership, account } = run;
  const { signal, onEvent = () => undefined, rollbackOnFailure } = options;
  const ready = await guarded(run, signal, () => steps(run, onEvent, signal));
  // Pruned objects do not come back: what fails now is no reason to give up what is ready.
  const ended = ready.outcome === 'applied' ? await guarded(run, signal, () => pruned(run, onEvent)) : ready;
  if (ended.outcome === 'interrupted') return ended;
  const { gone } = account.removed;
  const told = await guarded(run, signal, async () => ownership?.end(ended.outcome === 'applied', gone));
  if (ended.outcome !== 'failed') return told;
  if (ready.outcome !== 'failed' || rollbackOnFailure !== true) return ended;
  onEvent({ type: 'rolling-back' });
  return { ...ended, ...(await rolledBack(run, onEvent, signal)) };
}

/** Brings back what was there before, and waits until it is ready. */
async function rolledBack(
  run: Run,
  onEvent: Sending['onEvent'],
  signal: AbortSignal | undefined,
): Promise<Partial<Ended>> {
  const { cluster, survey, account, how, ownership } = run;
  const lost = await restore(cluster, survey, account, signal);
  account.failed.push(...lost);
  // Where that cannot be said, the revision stays one that failed.
  if (lost.length === 0) await guarded(run, signal, async () => ownership?.endRolledBack());
  const told = { rolledBack: lost.length === 0 };
  if (!how.waits) return told;
  const lostKeys = new Set(lost.map(({ id }) => identityKey(id)));
  const ids = account.written
    .filter((each) => each.how !== 'created' && !lostKeys.has(identityKey(each.id)))
    .map(({ id }) => id);
  const unready: FailedObject[] = [];
  const { outcome, error } = await guarded(run, signal, () =>
    ready(cluster, ids, { ...how, onEvent, signal }, { failed: unready }),
  );
  if (outcome === 'interrupted') return { ...told, outcome };
  return error === undefined ? { ...told, unready } : { ...told, error };
}

async function steps(run: Run, onEvent: Sending['onEvent'], signal: AbortSignal | undefined): Promise<void> {
  const { cluster, survey, how, account } = run;
  const first = newHome(run);
  const sending: Sending = {
    ...how,
    onEvent,
    signal,
    first,
    beforeWave: (wave) => recordedBefore(run, wave),
  };
  await send(cluster, survey, sending, account);
  // Of a set of its namespace alone, no wave came after that.
  if (account.failed.length === 0) await recordedBefore(run, Infinity);
  const ids = survey.targets.map(({ manifest }): ObjectId => manifest.id);
  if (account.failed.length === 0 && how.waits) await ready(cluster, ids, sending, account);
}

/** Deletes what the application no longer has. */
async function pruned({ ownership, account }: Run, onEvent: Sending['onEvent']): Promise<void> {
  await ownership?.prune(account.removed, (id) => onEvent({ type: 'pruned', id }));
  const { failed, left } = account.removed;
  account.failed.push(...failed.map(({ id, reason }) => ({ id, reason, lines: [] })));
  for (const id of left) account.unsent.add(id);
}

/** The namespace of the record, if it comes with the objects: until it is there, nothing can be recorded. */
function newHome({ ownership, plain, survey }: Run): ObjectId | undefined {
  const id = ownership?.home;
  const isNew = id !== undefined && plain.find(id).length > 0 && !survey.live.has(identityKey(id));
  return isNew ? id : undefined;
}

/** Nothing is written that is not recorded before, other than the namespace of the record, which comes alone. */
async function recordedBefore(run: Run, wave: number): Promise<void> {
  const { ownership, plain, plan } = run;
  if (ownership === undefined) return;
  const byEffect = [...grouped(plan.changes, ({ effect }) => effect)];
  const counts = Object.fromEntries(byEffect.map(([effect, found]) => [effect, found.length]));
  const hasBegun = await ownership.begin(plain, counts);
  if (!hasBegun && (wave > 0 || newHome(run) === undefined)) ownership.refuseHomeless();
}

/** How a step ends: by itself, by the signal, or by an error that is about no object. */
async function guarded(
  { account }: Run,
  signal: AbortSignal | undefined,
  step: () => Promise<void>,
): Promise<Ended> {
  try {
    await step();
  } catch (error) {
    if (signal?.aborted === true) return { outcome: 'interrupted' };
    if (!(error instanceof SeaworthyError)) throw error;
    return { outcome: 'failed', error: error.problems[0].message };
  }
  return { outcome: account.failed.length > 0 ? 'failed' : 'applied' };
}

/** The application, if it has a name. */
async function owned(
  cluster: Cluster,
  resources: Resources,
  { environments: [environment] }: ManifestSet,
  {
    name,
    namespace,
    prune = true,
    allowDataLoss = [],
    origin,
    isFirst = false,
    signal,
  }: ApplyOptions & { readonly namespace: string },
  { mayLose }: How,
): Promise<Ownership | undefined> {
  if (name === undefined) return undefined;
  return Ownership.open(cluster, resources, {
    name,
    namespace,
    environment,
    prunes: prune,
    mayLose,
    lost: allowDataLoss,
    origin,
    isFirst,
    signal,
  });
}

function outdatedOf(
  plan: ApplyPlan,
  { server }: Cluster,
  { reviewed, name = '' }: ApplyOptions,
  namespace: string,
): string[] {
  if (reviewed === undefined) return [];
  return outdatedIn(reviewed, reviewedPlan(plan, { server, name, namespace }, reviewed.salt));
}

function resultOf(outcome: ApplyOutcome, plan: ApplyPlan, account: Account): ApplyResult {
  const { written, unchanged, failed, unsent, removed, differences } = account;
  return {
    outcome,
    plan,
    written: written.map(({ id, how }) => ({ id, how })),
    unchanged,
    pruned: removed.gone,
    failed,
    unsent: [...unsent],
    ...(differences.length > 0 && { differences }),
  };
}

/** @throws SeaworthyError USAGE for a set of several environments, each of which is a cluster of its own */
function refuseSeveral({ environments }: ManifestSet): void {
  if (environments.length < 2) return;
  throw new SeaworthyError({
    code: 'USAGE',
    path: 'set',
    message: `expected the objects of one environment, got those of ${environments.join(', ')}`,
    hint: `Choose one: set.in('${environments[0]}').`,
  });
}
