import { SeaworthyError } from '../../errors';
import type { ObjectId } from '../../manifest/manifest';
import { checkedSet, type ManifestSet } from '../../manifest/set';
import type { Cluster } from '../client/cluster';
import { Resources } from '../client/resources';
import { howToApply, type How } from './how';
import { outdatedIn, reviewedPlan } from './reviewed';
import { restore } from './restore';
import { ready, send, type Account, type Sending } from './send';
import { survey as look, type Survey } from './survey';
import { targetsOf } from './targets';
import type { ApplyOptions, ApplyOutcome, ApplyPlan, ApplyResult } from './types';
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
  const given = checkedSet(set, 'set');
  refuseSeveral(given);
  const { confirm, signal, onEvent = () => undefined } = options;
  const namespace = options.namespace ?? cluster.namespace;
  const resources = new Resources(cluster);
  const targets = await targetsOf(given, namespace, resources);
  const how = howToApply(options, targets);
  const survey = await look(cluster, resources, { targets, given, members: [], ...how, signal });
  const plan = planOf(survey, how, { prune: [], guarded: [] });
  onEvent({ type: 'planned', plan });
  const account: Account = { written: [], unchanged: [], failed: [], unsent: [] };
  const outdated = outdatedOf(plan, cluster, options, namespace);
  if (outdated.length > 0) return { ...resultOf('refused', plan, account), outdated };
  if (isRefused(plan)) return resultOf('refused', plan, account);
  if (confirm !== undefined && !(await confirm(plan))) return resultOf('declined', plan, account);
  const sending: Sending = { ...how, onEvent, signal };
  const ended = await carryOut(cluster, survey, sending, account, how);
  const isUndone = ended.outcome === 'failed' && options.rollbackOnFailure === true;
  if (!isUndone) return { ...resultOf(ended.outcome, plan, account), ...ended };
  onEvent({ type: 'rolling-back' });
  const lost = await restore(cluster, survey, account, signal);
  account.failed.push(...lost);
  return { ...resultOf('failed', plan, account), ...ended, rolledBack: lost.length === 0 };
}

/** Writes and waits; what has been done until then is in `account`, however it ends. */
async function carryOut(
  cluster: Cluster,
  survey: Survey,
  sending: Sending,
  account: Account,
  { waits }: How,
): Promise<Pick<ApplyResult, 'outcome' | 'error'>> {
  try {
    await send(cluster, survey, sending, account);
    if (account.failed.length === 0 && waits) {
      const ids = survey.targets.map(({ manifest }): ObjectId => manifest.id);
      await ready(cluster, ids, sending, account);
    }
  } catch (error) {
    if (sending.signal?.aborted === true) return { outcome: 'interrupted' };
    if (!(error instanceof SeaworthyError)) throw error;
    return { outcome: 'failed', error: error.problems[0].message };
  }
  return { outcome: account.failed.length > 0 ? 'failed' : 'applied' };
}

function outdatedOf(
  plan: ApplyPlan,
  { server }: Cluster,
  { reviewed, name }: ApplyOptions,
  namespace: string,
): string[] {
  if (reviewed === undefined) return [];
  return outdatedIn(reviewed, reviewedPlan(plan, { server, name, namespace }, reviewed.salt));
}

function resultOf(outcome: ApplyOutcome, plan: ApplyPlan, account: Account): ApplyResult {
  const { written, unchanged, failed, unsent } = account;
  return {
    outcome,
    plan,
    written: written.map(({ id, how }) => ({ id, how })),
    unchanged,
    pruned: [],
    failed,
    unsent,
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
