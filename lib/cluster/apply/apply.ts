import { SeaworthyError } from '../../errors';
import type { ObjectId } from '../../manifest/manifest';
import { checkedSet, type ManifestSet } from '../../manifest/set';
import type { Cluster } from '../client/cluster';
import { Resources } from '../client/resources';
import { namedBy, refuseUnknownNames, takenBy } from './named';
import { send, type Account } from './send';
import { survey as look } from './survey';
import { targetsOf } from './targets';
import type { ApplyOptions, ApplyOutcome, ApplyPlan, ApplyResult } from './types';
import { isRefused, planOf } from './verdict';

/** Milliseconds for what later objects build on. */
const PATIENCE = 600_000;

/**
 * Applies a set of objects to a cluster by server-side apply: plans first, by our own plan and the server's dry run; asks
 * `confirm`; and then writes what changes, wave after wave. What the server refuses, and what others hold, is part of the
 * result, and nothing is written then. Applied again, it goes on where it was interrupted.
 *
 * @param set for one environment: `set.in('production')`
 * @throws SeaworthyError before anything is written: USAGE for options that name nothing; CLUSTER_UNREACHABLE,
 * CLUSTER_UNAUTHORIZED, CLUSTER_FORBIDDEN, CLUSTER_FAILED
 */
export async function apply(set: ManifestSet, cluster: Cluster, options: ApplyOptions): Promise<ApplyResult> {
  const given = checkedSet(set, 'set');
  refuseSeveral(given);
  const {
    recreate = [],
    takeOwnership = [],
    allowDataLoss = [],
    signal,
    onEvent = () => undefined,
  } = options;
  const isRecreated = namedBy(recreate, 'recreate');
  const takes = takenBy(takeOwnership, 'takeOwnership');
  const mayLose = namedBy(allowDataLoss, 'allowDataLoss');
  const resources = new Resources(cluster);
  const targets = await targetsOf(given, options.namespace ?? cluster.namespace, resources);
  refuseUnknownNames(
    recreate,
    'recreate',
    targets.map(({ manifest }) => manifest.id),
  );
  const how = {
    isRecreated,
    mayTake: ({ id, path }: { readonly id: ObjectId; readonly path: string }) => takes(id, path),
    signal,
  };
  const survey = await look(cluster, resources, { targets, given, members: [], ...how });
  const plan = planOf(survey, { isRecreated, mayLose }, { prune: [], guarded: [] });
  onEvent({ type: 'planned', plan });
  const account: Account = { written: [], unchanged: [], failed: [], unsent: [] };
  if (isRefused(plan)) return resultOf('refused', plan, account);
  if (options.confirm !== undefined && !(await options.confirm(plan)))
    return resultOf('declined', plan, account);
  try {
    await send(cluster, resources, survey, { ...how, timeout: PATIENCE, onEvent }, account);
  } catch (error) {
    if (signal?.aborted !== true) throw error;
    return resultOf('interrupted', plan, account);
  }
  return resultOf(account.failed.length > 0 ? 'failed' : 'applied', plan, account);
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
