import type { Cluster } from '../../cluster/client/cluster';
import { MANAGER } from '../../cluster/apply/types';
import { deleteApplication, type DeleteResult } from '../../cluster/owned/delete';
import { namedBy } from '../../cluster/apply/named';
import type { AppName } from '../../cluster/owned/record';
import { formatId, type ObjectId } from '../../manifest/manifest';
import { ALLOWANCES, DELETION_ANNOTATION, type CustomResource } from '../types';
import type { Reconciled, ReconcilerOptions } from './reconciled';
import { FINALIZER } from './resource-client';
import type { StatusWriter } from './status-writer';

/** Milliseconds for the objects of a wave to be gone, until the worker turns to other resources. */
const PATIENCE = 5_000;

/** What became of the objects of a resource that goes. */
interface Cleared {
  /** Whether nothing is left that has to go. */
  readonly isOver: boolean;
  /** What is still there, and why. */
  readonly message: string;
  /** Objects that stay, since they hold data, or are said to be kept. */
  readonly kept: readonly string[];
}

/**
 * Deletes the objects of a resource that goes, in the reverse order of applying. What holds data stays unless `mayLose`
 * allows it.
 *
 * @throws SeaworthyError CLUSTER_NOT_OURS, CLUSTER_FORBIDDEN, CLUSTER_FAILED, CLUSTER_UNREACHABLE
 */
async function clear(
  cluster: Cluster,
  application: AppName,
  mayLose: (id: ObjectId) => boolean,
  signal: AbortSignal,
): Promise<Cleared> {
  const options = { ...application, manager: MANAGER, mayLose, timeout: PATIENCE, signal };
  const { outcome, plan, failed, left } = await deleteApplication(cluster, options);
  const kept = [...plan.guarded, ...plan.kept].map(({ id, why }) => `${formatId(id)} (${why})`);
  return { isOver: outcome === 'deleted', message: whatIsLeft({ failed, left }), kept };
}

function whatIsLeft({ failed, left }: Pick<DeleteResult, 'failed' | 'left'>): string {
  const [first] = failed;
  if (first === undefined) return `${left.length} objects are still there`;
  const others = failed.length + left.length - 1;
  return `${formatId(first.id)}: ${first.reason}${others === 0 ? '' : `; ${others} more have to go`}`;
}

/**
 * Deletes the objects of a resource that goes, as its annotations say, and then lets it go.
 *
 * @throws SeaworthyError CLUSTER_NOT_OURS, CLUSTER_FORBIDDEN, CLUSTER_FAILED, CLUSTER_UNREACHABLE; USAGE for an annotation
 * that names nothing
 */
export async function finalize(
  resource: CustomResource,
  application: AppName,
  { cluster, client }: Pick<ReconcilerOptions, 'cluster' | 'client'>,
  status: StatusWriter,
  signal: AbortSignal,
): Promise<Reconciled> {
  const { finalizers = [], annotations = {} } = resource.metadata;
  if (!finalizers.includes(FINALIZER)) return { result: 'deleted' };
  const policy = annotations[DELETION_ANNOTATION];
  if (policy !== 'keep') {
    const named = namesIn(annotations[ALLOWANCES.dataLoss]);
    const mayLose = policy === 'data' ? () => true : namedBy(named, ALLOWANCES.dataLoss);
    const { isOver, message, kept } = await clear(cluster, application, mayLose, signal);
    if (!isOver) {
      await status.write(resource, { state: 'progressing', reason: 'Deleting', message }, signal);
      return { result: 'progressing', isFailure: true, message };
    }
    const note = `kept ${kept.join(', ')}`;
    if (kept.length > 0)
      await status.tell(resource, { type: 'Normal', reason: 'Kept', action: 'Delete', note }, signal);
  }
  const { refusal } = await client.release(resource, signal);
  if (refusal === undefined || refusal.code === 404) return { result: 'deleted' };
  const message = `cannot remove the finalizer: ${refusal.message}`;
  return { result: 'progressing', isFailure: true, message };
}

/** Names in an annotation, separated by commas or blanks. */
function namesIn(annotation = ''): string[] {
  return annotation.split(/[\s,]+/).filter((name) => name !== '');
}
