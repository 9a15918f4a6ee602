import { SeaworthyError } from '../../errors';
import { apply } from '../../cluster/apply/apply';
import type { ApplyOptions, ApplyPlan, ApplyResult } from '../../cluster/apply/types';
import type { Cluster } from '../../cluster/client/cluster';
import type { AppName } from '../../cluster/owned/record';
import { formatId, type ObjectId } from '../../manifest/manifest';
import type { ManifestSet } from '../../manifest/set';
import type { Decision, Outcome } from '../types';

/** What applying the objects of a resource came to. */
export interface Applied {
  /** Absent where all went well: how far the objects are is seen later. */
  readonly problem?: Pick<Outcome, 'state' | 'reason' | 'message'>;
  /** Whether something was written or deleted. */
  readonly hasWritten: boolean;
  /** `created 3 objects, updated 1`; empty for nothing. */
  readonly summary: string;
  /** Whether the operator is ending, so that nothing can be said. */
  readonly isInterrupted: boolean;
}

/** What is applied, and what may be done to do so. */
export interface Applying extends Pick<Decision, 'allowDataLoss' | 'recreate' | 'takeOwnership'> {
  readonly set: ManifestSet;
  readonly application: AppName;
  readonly origin: string;
  /** Whether nothing was ever applied for the resource, as far as it says, and nothing of its objects is there. */
  readonly isFirst: boolean;
  readonly signal: AbortSignal;
  /** Called for each object that is written or deleted. */
  readonly onWrite: () => void;
}

/**
 * Applies the objects of a resource as an application of its own, and deletes what it no longer renders. It does not wait
 * until they are ready.
 *
 * @throws SeaworthyError CLUSTER_UNREACHABLE, CLUSTER_UNAUTHORIZED where the server does not answer
 */
export async function applyObjects(cluster: Cluster, applying: Applying): Promise<Applied> {
  const { set, application, origin, isFirst, signal, onWrite } = applying;
  const { allowDataLoss, recreate, takeOwnership } = applying;
  const options: ApplyOptions = {
    ...application,
    origin,
    isFirst,
    signal,
    allowDataLoss,
    recreate,
    takeOwnership,
    wait: false,
    onEvent: ({ type }) => {
      if (type === 'written' || type === 'pruned') onWrite();
    },
  };
  try {
    return appliedBy(await apply(set, cluster, options));
  } catch (error) {
    if (signal.aborted) return { hasWritten: false, summary: '', isInterrupted: true };
    if (!(error instanceof SeaworthyError)) throw error;
    // A construct may render other objects than before: that they are of the same resource is known here.
    if (error.code === 'CLUSTER_OTHER_APP') return replaced(set, cluster, options, error);
    if (error.code === 'CLUSTER_UNREACHABLE' || error.code === 'CLUSTER_UNAUTHORIZED') throw error;
    return refused(
      error.code === 'CLUSTER_FORBIDDEN' ? 'Forbidden' : 'ApplyRefused',
      error.problems[0].message,
    );
  }
}

/** Applies objects none of which was there before, and then deletes those that were. */
async function replaced(
  set: ManifestSet,
  cluster: Cluster,
  options: ApplyOptions,
  error: SeaworthyError,
): Promise<Applied> {
  if (set.size === 0) return refused('ApplyRefused', error.problems[0].message);
  const first = appliedBy(await apply(set, cluster, { ...options, prune: false }));
  if (first.problem !== undefined || first.isInterrupted) return first;
  const second = appliedBy(await apply(set, cluster, options));
  const summary = [first.summary, second.summary].filter((each) => each !== '').join(', ');
  return { ...second, hasWritten: true, summary };
}

function refused(reason: string, message: string): Applied {
  const problem = { state: 'stalled', reason, message } as const;
  return { problem, hasWritten: false, summary: '', isInterrupted: false };
}

function appliedBy(result: ApplyResult): Applied {
  const { outcome, written, pruned } = result;
  const done = {
    hasWritten: written.length + pruned.length > 0,
    summary: summaryOf(result),
    isInterrupted: outcome === 'interrupted',
  };
  if (outcome === 'refused') return { ...done, problem: refusal(result.plan) };
  if (outcome !== 'failed') return done;
  const [first, ...others] = result.failed;
  const more = others.length === 0 ? '' : `; ${others.length} more failed`;
  const message =
    first === undefined ? (result.error ?? 'it failed') : `${formatId(first.id)}: ${first.reason}${more}`;
  const reason = isTerminating(message) ? 'NamespaceTerminating' : 'ApplyFailed';
  return { ...done, problem: { state: 'progressing', reason, message } };
}

/** Why the server, or who holds a field, does not let it be applied. */
function refusal({ conflicts, refusals }: ApplyPlan): NonNullable<Applied['problem']> {
  const lines = [
    ...refusals.map(({ id, message }) => `${formatId(id)}: ${message}`),
    ...conflicts.map(({ id, path, manager }) => `${formatId(id)}: ${path} is held by ${manager}`),
  ];
  const [first = 'the API server refuses it', ...others] = lines;
  const message = `${first}${others.length === 0 ? '' : `; ${others.length} more`}`;
  if (isTerminating(message)) return { state: 'progressing', reason: 'NamespaceTerminating', message };
  return { state: 'stalled', reason: refusals.length > 0 ? 'ApplyRefused' : 'FieldConflict', message };
}

/** @source k8s.io/apiserver pkg/admission/plugin/namespace/lifecycle/admission.go Lifecycle.Admit 1.36 */
function isTerminating(message: string): boolean {
  return /because it is being terminated/.test(message);
}

function summaryOf({ written, pruned }: ApplyResult): string {
  const count = (how: string): number => written.filter((each) => each.how === how).length;
  const counts: readonly (readonly [string, number])[] = [
    ['created', count('created')],
    ['updated', count('updated')],
    ['recreated', count('recreated')],
    ['deleted', pruned.length],
  ];
  const told = counts.filter(([, number]) => number > 0).map(([what, number]) => `${what} ${number}`);
  if (told.length === 0) return '';
  const names = [...written.map(({ id }) => id), ...pruned].slice(0, 5).map((id: ObjectId) => formatId(id));
  const more = written.length + pruned.length - names.length;
  return `${told.join(', ')}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
